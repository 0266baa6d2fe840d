/* nudge-loss-reading.c - the losses at a position, in words
 *
 * SPDX-License-Identifier: MIT
 */

#include "ui/draw/loss/nudge-loss-reading.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "ui/text/nudge-number.h"

/* Units: a stretch that is wider has more steps than its column of pixels, as no less is
 * kept of them. */
#define WIDEST 2.0

static gboolean
is_bucket (const NudgeLossLayout *plot, const NnStretch *stretch)
{
  return stretch->n_steps > 1 &&
         nudge_loss_layout_get_x (plot, (double) stretch->n_steps) -
                 nudge_loss_layout_get_x (plot, 0) >
             WIDEST;
}

/**
 * nudge_loss_dup_reading:
 * @stretch: of @plot's run
 *
 * Returns: "step 1204  loss 0.0183", or the range of both where a stretch has several, or, of
 *   one that the history keeps together, "steps 769–1024: least 0.0183, greatest 0.0201"
 */
char *
nudge_loss_dup_reading (const NudgeLossLayout *plot, gsize stretch)
{
  const NnStretch *s = &plot->run.stretches[stretch];
  g_autofree char *first = nudge_number_format_count (s->from);
  g_autofree char *last = nudge_number_format_count (s->from + s->n_steps - 1);
  g_autofree char *least = nudge_number_format ((double) s->least, 4);
  g_autofree char *greatest = nudge_number_format ((double) s->greatest, 4);

  if (s->n_steps == 1)
    return g_strdup_printf (_ ("step %s  loss %s"), last, greatest);
  if (is_bucket (plot, s))
    return g_strdup_printf (_ ("steps %s–%s: least %s, greatest %s"), first, last, least,
                            greatest);
  if (g_str_equal (least, greatest))
    return g_strdup_printf (_ ("steps %s–%s  loss %s"), first, last, least);
  return g_strdup_printf (_ ("steps %s–%s  loss %s … %s"), first, last, least, greatest);
}

/**
 * nudge_loss_dup_why_together:
 * @stretch: of @plot's run
 *
 * Returns: (nullable): why no single step can be read there; %NULL where one can, nearer by
 */
char *
nudge_loss_dup_why_together (const NudgeLossLayout *plot, gsize stretch)
{
  const NnStretch *s = &plot->run.stretches[stretch];
  g_autofree char *mean = NULL;

  if (!is_bucket (plot, s))
    return NULL;
  mean = nudge_number_format (s->sum / (double) s->n_steps, 4);
  return g_strdup_printf (_ ("mean %s; steps this old are kept in groups"), mean);
}

/**
 * nudge_loss_dup_smooth_reading:
 * @stretch: of @plot's run
 *
 * Returns: (nullable): "smoothed 0.0183"; %NULL where it is not
 */
char *
nudge_loss_dup_smooth_reading (const NudgeLossLayout *plot, gsize stretch)
{
  const double *smooth = plot->run.smooth;
  g_autofree char *number = NULL;

  if (!smooth || !isfinite (smooth[stretch]))
    return NULL;
  number = nudge_number_format (smooth[stretch], 4);
  return g_strdup_printf (_ ("smoothed %s"), number);
}
