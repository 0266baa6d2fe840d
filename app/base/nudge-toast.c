/* nudge-toast.c - what is said once, for a few seconds
 *
 * SPDX-License-Identifier: MIT
 */

#include "app/base/nudge-toast.h"

/* So many lines are read while it is there. */
#define MOST_LINES 5

/* What a toast has beside its text, in pixels: margins, a button, and one to close it. */
#define BESIDE 110

/* A bold letter, in ordinary ones. */
#define BOLD 1.2

/* Of the letters, not those of the Chinese script, which has two for one. */
#define LEAST_CHARS 16
#define MOST_CHARS  70

/* A toast is as high as its text is at its natural width: that must fit where it is. */
static int
get_line_chars (GtkWidget *overlay)
{
  PangoContext *context = gtk_widget_get_pango_context (overlay);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  const int letter = MAX (pango_font_metrics_get_approximate_char_width (metrics),
                          pango_font_metrics_get_approximate_digit_width (metrics));
  const double space = (double) (gtk_widget_get_width (overlay) - BESIDE) * PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return (int) CLAMP (space / (BOLD * MAX (letter, 1)), LEAST_CHARS, MOST_CHARS);
}

/**
 * nudge_toast_new:
 * @overlay: where it will be
 * @text: not markup
 *
 * A toast's own title has one line, and cuts off what is longer.
 *
 * Returns: (transfer full)
 */
AdwToast *
nudge_toast_new (AdwToastOverlay *overlay, const char *text)
{
  AdwToast *toast = adw_toast_new ("");
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* Else what fits in one line is put into two. */
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label),
                                 get_line_chars (GTK_WIDGET (overlay)));
  gtk_label_set_lines (GTK_LABEL (label), MOST_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  return toast;
}

/**
 * nudge_toast_get_text:
 * @toast: of nudge_toast_new ()
 */
const char *
nudge_toast_get_text (AdwToast *toast)
{
  return gtk_label_get_text (GTK_LABEL (adw_toast_get_custom_title (toast)));
}
