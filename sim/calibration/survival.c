#include "calibration/survival.h"

#include <math.h>

#include "base/elementary.h"
#include "calibration/write.h"

double calibration_survival_target(double median, double shape, double years)
{
    return years > 0.0 ? 1.0 / (1.0 + elementary_pow(years / median, shape)) : 1.0;
}

double calibration_survival_hazard(double median, double shape, double years)
{
    return -elementary_log(calibration_survival_target(median, shape, years));
}

static const char *sentence_of(const struct calibration_survival *s)
{
    switch (s->outcome) {
    case CALIBRATION_EXCEEDED:
        return "What the deal models parts the partners faster than the target by itself: no residual hazard is to be added.";
    case CALIBRATION_LATE:
        return "Not even the whole hazard brings survival down to the target, since exits take time (notice, lock-in); taken is "
               "the part of it that nothing models, "
               "1 - ln S(without) / ln S(target), never 1 on top of modelled exits.";
    default: return "All exits together, modelled ones and the residual, meet the target at that time.";
    }
}

void calibration_survival_write_text(FILE *stream, const struct calibration_survival *s)
{
    fprintf(stream, "contract.breakup.share %.4f ± %.4f: survival at %g years %.4f, target %.4f\n%s\n\n%8s %10s %12s %12s\n",
            s->share, s->error, s->years, s->with, s->target, sentence_of(s), "year", "target", "share 0", "share found");
    for (int k = 0; k < s->rows; k++)
        fprintf(stream, "%8g %10.4f %12.4f %12.4f\n", s->row[k].year, s->row[k].target, s->row[k].without, s->row[k].with);
    fprintf(stream, "\nTarget: log-logistic, median %g years, shape %g. %llu paths, %llu runs.\n", s->median, s->shape, s->paths,
            s->runs);
}

void calibration_survival_write_json(FILE *stream, const struct calibration_survival *s)
{
    static const char *const outcomes[] = {"met", "exceeded", "late"};
    const double value[] = {s->share, s->error, s->years, s->target, s->without, s->with, s->median, s->shape};
    static const char *const names[] = {"share",    "standard_error", "years", "target", "survival_without",
                                        "survival", "median",         "shape"};
    fprintf(stream, "{\"deal\": ");
    calibration_write_string(stream, s->deal);
    for (size_t k = 0; k < sizeof value / sizeof *value; k++) {
        fprintf(stream, ", \"%s\": ", names[k]);
        calibration_write_value(stream, value[k]);
    }
    fprintf(stream, ", \"outcome\": \"%s\", \"paths\": %llu, \"runs\": %llu,\n \"note\": ", outcomes[s->outcome], s->paths,
            s->runs);
    calibration_write_string(stream, sentence_of(s));
    fprintf(stream, ",\n \"curve\": [");
    for (int k = 0; k < s->rows; k++) {
        fprintf(stream, "%s\n  {\"year\": %g, \"target\": ", k ? "," : "", s->row[k].year);
        calibration_write_value(stream, s->row[k].target);
        fprintf(stream, ", \"without\": ");
        calibration_write_value(stream, s->row[k].without);
        fprintf(stream, ", \"with\": ");
        calibration_write_value(stream, s->row[k].with);
        fputc('}', stream);
    }
    fprintf(stream, "]}\n");
}

void calibration_survival_write_fragment(FILE *stream, const struct calibration_survival *s)
{
    calibration_write_comment(
        stream, "Made by pactolus calibrate survival. In a deal: include: [THIS FILE]; what the deal says itself wins.");
    calibration_write_comment(stream, sentence_of(s));
    fprintf(stream, "\ncontract.breakup.share: %.4g  # +- %.2g; survival at %g years %.4f, target %.4f, with share 0 %.4f\n",
            s->share, s->error, s->years, s->with, s->target, s->without);
    fprintf(stream, "contract.breakup.median_years: %.6g\ncontract.breakup.shape: %.6g\n", s->median, s->shape);
}
