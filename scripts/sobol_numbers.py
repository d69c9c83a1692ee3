#!/usr/bin/python3
"""Makes sim/design/sobol_numbers.c: primitive polynomials and first direction numbers of the Sobol' sequence.

usage: scripts/sobol_numbers.py [--check]     (--check: changes nothing, fails if the file differs)

Where from: S. Joe, F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30
(2008) 2635-2654, the set D6 (new-joe-kuo-6.21201 of https://web.maths.unsw.edu.au/~fkuo/sobol/), as Debian's python3-scipy
1.10.1 ships it in scipy/stats/_sobol_direction_numbers.npz. Their licence goes with the numbers and stands in the file made.
The first 1,024 dimensions of 21,201 are taken: as many columns as a table may have (input/csv.h).
"""
import pathlib
import sys

import numpy

SOURCE = "/usr/lib/python3/dist-packages/scipy/stats/_sobol_direction_numbers.npz"
TARGET = pathlib.Path(__file__).resolve().parent.parent / "sim/design/sobol_numbers.c"
DIMENSIONS = 1024

HEAD = """\
/* Made by scripts/sobol_numbers.py, which says where the numbers are from; do not edit.

   Licence pertaining to the sets of direction numbers:

   Copyright (c) 2008, Frances Y. Kuo and Stephen Joe
   All rights reserved.

   Redistribution and use in source and binary forms, with or without
   modification, are permitted provided that the following conditions are met:

       * Redistributions of source code must retain the above copyright
         notice, this list of conditions and the following disclaimer.

       * Redistributions in binary form must reproduce the above copyright
         notice, this list of conditions and the following disclaimer in the
         documentation and/or other materials provided with the distribution.

       * Neither the names of the copyright holders nor the names of the
         University of New South Wales and the University of Waikato
         and its contributors may be used to endorse or promote products derived
         from this software without specific prior written permission.

   THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS ``AS IS'' AND ANY
   EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
   WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
   DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDERS BE LIABLE FOR ANY
   DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
   (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
   LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND
   ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
   (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
   SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE. */
#include "design/sobol_numbers.h"
"""


def table(name, size, numbers):
    """A C array, as many numbers in a line as 132 columns hold."""
    lines, line = [], "   "
    for number in numbers:
        if len(line) + len(f" {number},") > 132:
            lines.append(line)
            line = "   "
        line += f" {number},"
    return f"\nconst uint16_t {name}[{size}] = {{\n" + "\n".join(lines + [line]) + "\n};\n"


def main():
    source = numpy.load(SOURCE)
    polynomial = [int(p) for p in source["poly"][:DIMENSIONS]]
    first = []
    for p, numbers in zip(polynomial, source["vinit"][:DIMENSIONS]):
        degree = p.bit_length() - 1
        own = [int(m) for m in numbers[: max(degree, 1)]]
        assert all(m % 2 == 1 and m < 2 ** (k + 1) for k, m in enumerate(own))
        first += own if degree else []  # the first dimension has no polynomial: all ones
    text = HEAD
    text += table("design_sobol_numbers_polynomial", "DESIGN_SOBOL_NUMBERS_DIMENSIONS", polynomial)
    text += table("design_sobol_numbers_first", "DESIGN_SOBOL_NUMBERS_FIRST", first)
    assert len(first) == 12092, len(first)
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.read_text() == text else f"{TARGET} differs from what this script makes"
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
