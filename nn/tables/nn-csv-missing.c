/* nn-csv-missing.c - recognises fields that stand for a missing value: NA, ?, null …
 *
 * SPDX-License-Identifier: MIT
 */

#include "nn/tables/nn-csv-missing.h"

#include <string.h>

/* In upper or lower case: the words of pandas.read_csv (), and those of MATLAB, R, SQL,
 * UCI's data sets and Excel. */
static const char *const words[] = {
  "?", "na", "n/a", "nan", "-nan", "+nan", "nil", "null", "none", "#na", "#n/a", "<na>",
};

#define LONGEST 4

/**
 * nn_csv_missing_find:
 * @text: (array length=n_bytes): a field; blanks around it are ignored
 */
NnCsvPresence
nn_csv_missing_find (const char *text, gsize n_bytes)
{
  for (; n_bytes > 0 && g_ascii_isspace (*text); n_bytes--)
    text++;
  while (n_bytes > 0 && g_ascii_isspace (text[n_bytes - 1]))
    n_bytes--;
  if (n_bytes == 0)
    return NN_CSV_MISSING;
  if (n_bytes > LONGEST)
    return NN_CSV_PRESENT;
  if (n_bytes == 1 && (*text == '-' || *text == '.'))
    return NN_CSV_SIGN;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (strlen (words[i]) == n_bytes &&
        g_ascii_strncasecmp (words[i], text, n_bytes) == 0)
      return NN_CSV_MISSING;
  return NN_CSV_PRESENT;
}
