#include "bargaining/split.h"

void bargaining_split_outside(int partners, const int in[], const double u[], double payment[])
{
    double below = 0.0, above = 0.0;
    for (int p = 0; p < partners; p++) {
        if (!in[p]) continue;
        if (u[p] < 0.0) below -= u[p];
        else above += u[p];
    }
    for (int p = 0; p < partners; p++) {
        payment[p] = 0.0;
        if (!in[p]) continue;
        payment[p] = u[p] < 0.0 ? -u[p] : above > 0.0 ? -u[p] * (below / above) : 0.0;
    }
}

void bargaining_split_nash(int partners, const int in[], const double u[], const double power[], double payment[])
{
    double surplus = 0.0, weight = 0.0;
    int members = 0;
    for (int p = 0; p < partners; p++) {
        if (!in[p]) continue;
        surplus += u[p];
        weight += power[p];
        members++;
    }
    for (int p = 0; p < partners; p++) {
        const double share = weight > 0.0 ? power[p] / weight : 1.0 / (double)members;
        payment[p] = in[p] ? share * surplus - u[p] : 0.0;
    }
}
