/*
 * theme.h - the themes that a signal is filed under: data, each mapped to one form of crime
 *
 * Themes are decided per region; the form of crime is the law's (BGS 2.16(1)(b)). Codes are
 * stored and never reused.
 */
#ifndef SIGNALS_THEME_H
#define SIGNALS_THEME_H

#include "law/admission.h"
#include "platform/http/input.h" /* struct code */

/* Ends with a NULL name; 0 is "not chosen" and has no row. */
extern const struct code SIGNAL_THEMES[];
extern const struct code SIGNAL_CRIME_FORMS[];
extern const struct code SIGNAL_LINES[];
extern const struct code SIGNAL_RELIABILITIES[];
extern const struct code SIGNAL_REASONS[];

/* The form of crime that a theme belongs to; CRIME_FORM_NONE for a number that is no theme. */
enum law_crime_form theme_crime_form(int theme);

/* "Drugs", or NULL for 0 and unknown numbers. */
const char *code_label(const struct code *codes, int value);

#endif
