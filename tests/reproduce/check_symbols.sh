#!/bin/sh
# check_symbols.sh LAYER ARCHIVE [LAYER ARCHIVE ...] KERNELS: two rules of the house, read from what was built.
# 1. Nothing that feeds a result calls libm beyond what every processor rounds alike: glibc's exp, log, pow change bits with it.
# 2. A global function is named after its layer: the folder of a line is found by its name.
LC_ALL=C
export LC_ALL
status=0
libm='^(a?(cos|sin|tan)h?|atan2|cbrt|erfc?|exp(2|10|m1)?|[lt]gamma|hypot|log(2|10|1p|b)?|pow|powi|sincos|remainder|fmod|ldexp|scalbn)f?$'
complain() {
    printf '%s\n' "$1"
    status=1
}
kernels_of() {
    nm -u "$1" | awk '{ print $NF }' | sort -u
}
while [ $# -gt 1 ]; do
    layer=$1 archive=$2
    shift 2
    bad=$(kernels_of "$archive" | sed 's/@.*//' | grep -E "$libm")
    [ -z "$bad" ] || complain "$layer calls $(printf '%s' "$bad" | tr '\n' ' ')"
    [ "$layer" = base ] && continue # its files are few words that all others use: status, text, elementary
    bad=$(nm --defined-only -g "$archive" 2>/dev/null | awk '$2 ~ /[TDBR]/ { print $3 }' | grep -vE "^(${layer}_|__odr_asan)")
    [ -z "$bad" ] || complain "$layer defines $(printf '%s' "$bad" | tr '\n' ' ')"
done
bad=$(kernels_of "$1" | grep -vE '^(fma|sqrt|floor|mem(cpy|set|move)|bargaining_[a-z_]+|_GLOBAL_OFFSET_TABLE_|__(a|ub)san_.*|__sanitizer_.*|__stack_chk_fail)$')
[ -z "$bad" ] || complain "kernels call $(printf '%s' "$bad" | tr '\n' ' ')"
exit $status
