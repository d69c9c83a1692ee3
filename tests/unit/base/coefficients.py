"""Prints the polynomial coefficients of sim/base/lanes_math.h (needs mpmath): interpolation at Chebyshev points in 60
digits, which is within a small factor of the best polynomial, then rounded to double. The tests measure the result."""
import mpmath as mp

mp.mp.dps = 60


def polynomial(f, low, high, degree):
    """Monomial coefficients, lowest first, of the polynomial through f at the Chebyshev points of [low, high]."""
    n = degree + 1
    x = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    a = mp.matrix(n, n)
    for i in range(n):
        for j in range(n):
            a[i, j] = x[i] ** j
    c = [float(v) for v in mp.lu_solve(a, mp.matrix([f(v) for v in x]))]
    test = [low + (high - low) * i / mp.mpf(400) for i in range(401)]
    worst = max(abs(mp.polyval(c[::-1], v) / f(v) - 1) for v in test)
    return c, worst


def show(name, f, low, high, degree):
    c, worst = polynomial(f, mp.mpf(low), mp.mpf(high), degree)
    print(f"{name}: relative error {mp.nstr(worst, 3)}")
    for v in c:
        print("   ", v.hex(), repr(v))


def near_zero(f, series):
    return lambda x: f(x) if abs(x) > mp.mpf(10) ** -20 else mp.mpf(series)


half_log2 = mp.log(2) / 2 * mp.mpf("1.0001")
show("exp: (e^r - 1 - r - r^2/2) / r^3", near_zero(lambda r: (mp.exp(r) - 1 - r - r * r / 2) / r ** 3, mp.mpf(1) / 6),
     -half_log2, half_log2, 8)
s_most = (mp.sqrt(2) - 1) / (mp.sqrt(2) + 1) * mp.mpf("1.0001")
show("log: (log((1+s)/(1-s)) - 2s) / s^3 in z = s^2",
     lambda z: mp.mpf(2) / 3 if z < mp.mpf(10) ** -18 else
     (mp.log((1 + mp.sqrt(z)) / (1 - mp.sqrt(z))) - 2 * mp.sqrt(z)) / mp.sqrt(z) ** 3, 0, s_most ** 2, 7)
tau = 2 * mp.pi
show("sin: (sin(tau r) / r - tau) / r^2 in z = r^2",
     lambda z: -tau ** 3 / 6 if z < mp.mpf(10) ** -18 else (mp.sin(tau * mp.sqrt(z)) / mp.sqrt(z) - tau) / z,
     0, mp.mpf(1) / 64, 5)
show("cos: (cos(tau r) - 1) / r^2 in z = r^2",
     lambda z: -tau ** 2 / 2 if z < mp.mpf(10) ** -18 else (mp.cos(tau * mp.sqrt(z)) - 1) / z, 0, mp.mpf(1) / 64, 6)


def cdf_factor(k, lead):
    """(1 + lead x) e^(x^2/2) Q(x), Q the upper tail of the normal, in t = (x - k) / (x + k)."""
    def f(t):
        if t >= 1:
            return lead / mp.sqrt(tau)
        x = k * (1 + t) / (1 - t)
        return (1 + lead * x) * mp.exp(x * x / 2) * mp.erfc(x / mp.sqrt(2)) / 2
    return f


show("cdf", cdf_factor(mp.mpf(4), mp.mpf(1)), -1, "0.81", 22)
for name, v in (("tau", tau), ("log2", mp.log(2))):
    high = float(v)
    print(name, high.hex(), float(v - high).hex())
