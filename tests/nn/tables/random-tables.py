# random-tables.py - tables as Python writes and reads them
#
# SPDX-License-Identifier: MIT
#
#   random-tables.py FOLDER N
#
# Writes N random tables, the same ones every time: K.csv by the csv module in some
# dialect, and K.f32, what that module, float () and numpy.float32 () make of it, row after
# row, a missing value as NaN. Exit status 77 without NumPy.

import csv
import io
import random
import sys

try:
    import numpy
except ImportError:
    sys.exit(77)

MISSING = ["", "?", "NA", "n/a", "nan", "NaN", "null", "None", "-", "."]
NAMES = ["x", "y, in m", 'the "z"', "größe", "a\nb", " c", "d;e", "f\tg", "h|i", "0"]
DIALECTS = [(",", "."), (";", ","), (";", "."), ("\t", "."), ("\t", ","), ("|", "."), (" ", ".")]


def random_number(chance):
    """The text of a number, near a border of rounding more often than not."""
    number = chance.choice([
        lambda: chance.gauss(0, 1),
        lambda: float(chance.randint(-1000, 1000)),
        lambda: chance.uniform(-1, 1) * 10.0 ** chance.randint(-50, 45),
        lambda: chance.random() * 2.0 ** -149 * 8,
        # Halfway between two of float32, and a little beside it.
        lambda: float(numpy.float32(chance.gauss(0, 1))) * (1 + 2.0 ** -24),
        lambda: chance.choice([0.0, -0.0, 1e308, 3.4028235677973366e38, 16777217.0]),
    ])()
    return chance.choice([
        repr, "{:.17g}".format, "{:.6f}".format, "{:+.3e}".format, "{:.12E}".format,
        "{:.25g}".format, "{:.40f}".format, "{:g}".format, lambda x: repr(x).replace("0.", "."),
        lambda x: "000" + repr(abs(x)) + "00" if "e" not in repr(x) else repr(x),
    ])(number)


def random_table(chance):
    """A dialect of the csv module, decimal sign, encoding and rows of texts."""
    separator, decimal = chance.choice(DIALECTS)
    n_columns = chance.randint(2, 6 if separator == " " else 9)
    rows = [[random_number(chance) for _ in range(n_columns)] for _ in range(chance.randint(3, 40))]
    for row in rows[1:]:
        if separator != " " and chance.random() < 0.2:
            row[chance.randrange(n_columns)] = chance.choice(MISSING)
    line_end, quoting = chance.choice(
        # Python quotes a newline in a name only if newlines end lines.
        [("\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_MINIMAL), ("\r", csv.QUOTE_ALL)]
    )
    dialect = {"delimiter": separator, "quoting": quoting, "lineterminator": line_end}
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "latin-1"])
    # Blanks and tabs are the same separator here, and another one for Python.
    names = [name for name in NAMES if separator != " " or not {" ", "\t"} & set(name)]
    header = chance.sample(names, n_columns) if chance.random() < 0.7 else None
    if header and header[0] == "0":
        header.reverse()
    return dialect, decimal, encoding, header, rows


def main(folder, n):
    chance = random.Random(1)
    for k in range(n):
        dialect, decimal, encoding, header, rows = random_table(chance)
        text = io.StringIO()
        writer = csv.writer(text, **dialect)
        if header:
            writer.writerow(header)
        # A point stays one in what is no number.
        writer.writerows(
            [x.replace(".", decimal) if x not in MISSING else x for x in row] for row in rows
        )
        with open(f"{folder}/{k}.csv", "wb") as file:
            file.write(text.getvalue().encode(encoding))

        reader = csv.reader(io.StringIO(text.getvalue(), newline=""), **dialect)
        read = list(reader)[1 if header else 0 :]
        numbers = [
            [float(x.replace(",", ".")) if x not in MISSING else numpy.nan for x in row]
            for row in read
        ]
        assert len(numbers) == len(rows)
        with numpy.errstate(over="ignore"):
            numpy.array(numbers, numpy.float64).astype("<f4").tofile(f"{folder}/{k}.f32")


main(sys.argv[1], int(sys.argv[2]))
