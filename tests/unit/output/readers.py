"""Reads a made-up result with h5py and xarray; see readers.sh."""
import sys

import h5py
import numpy
import xarray

path = sys.argv[1]
with h5py.File(path, "r") as f:
    assert f.attrs["Conventions"] == "CF-1.8", f.attrs["Conventions"]
    assert f["deal_text"][()].decode().startswith("deal: Battery-cell venture\n# \u00e9"), f["deal_text"][()]
    assert [n.decode() for n in f["partner"][()]] == ["automaker", "cellmaker"]
    assert f["captured_sample"].chunks == (1, 1, 300) and f["captured_sample"].compression is None
    assert f["captured_mean"].compression == "gzip" and f["captured_mean"].fletcher32 and f["captured_mean"].shuffle
    names = []
    f.id.links.iterate(names.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
    assert names[:2] == [b"scenario", b"partner"] and names[-1] == b"provenance", names
    mean = f["captured_mean"][()]
    sample = f["captured_sample"][()]
assert numpy.allclose(sample.mean(axis=2), mean, rtol=1e-12)
print("h5py: ok")

for engine in ("netcdf4", "h5netcdf"):
    with xarray.open_dataset(path, engine=engine) as d:
        assert d.captured_mean.dims == ("scenario", "partner"), d.captured_mean.dims
        assert d.cash_fan.dims == ("scenario", "partner", "quantile", "step")
        assert d.captured_sample.dims == ("scenario", "partner", "path")
        assert "market.trade.us_korea.rate.korea.us.high" in d.coords and "market.trade.us_korea.start" in d.coords
        assert d.captured_mean.attrs["units"] == "million USD"
        assert float(d.captured_mean.sel(scenario="tariff_20", partner="cellmaker")) == mean[2, 1]
        got = d.captured_sample.quantile([0.05, 0.5], dim="path")
        want = d.captured_quantile.sel(quantile=[0.05, 0.5])
        assert numpy.allclose(got.transpose("scenario", "partner", "quantile"), want, rtol=1e-12), "type 7 of NumPy"
        total = d.ledger_mean.sum("ledger")
        assert numpy.allclose(total, d.captured_mean, atol=1e-9), "the ledger adds up"
        assert str(d.partner_label.sel(partner="automaker").values) == "M\u00e9t\u00e9or Motors"
    with xarray.open_dataset(path, engine=engine, group="provenance") as p:
        assert str(p.host.values) == "example"
    print(f"xarray {engine}: ok")

with xarray.open_dataset(sys.argv[2]) as d:
    assert d.exits_by_step.dims == ("scenario", "partner", "cause", "step"), d.exits_by_step.dims
    assert str(d.cause_label.sel(cause="wound_up").values) == "Wound up, nobody went on"
    left = d.exits_by_step.sum(("cause", "step"))
    assert numpy.allclose(left, d.exit_probability.sum("cause")) and numpy.allclose(left, d.leaves_probability)
    assert numpy.allclose(1 - left, d.in_by_step.isel(step=-1)), "who has not left is in"
    assert numpy.allclose(d.survival_by_step.isel(step=-1), d.survival_probability)
print("exits: ok")
