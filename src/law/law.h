/*
 * law.h - WGS and BGS as the program holds them: tables with their article, rules that answer
 *
 * Every table is constant data with the article beside each row, so that the page
 * "De regels" prints what the code obeys. Every rule is a pure function that returns
 * a struct verdict: yes, only if, no, with rule, article, one plain Dutch sentence
 * and what can be done instead. Nothing here reads a clock, a file or a database;
 * all functions may be called from any thread.
 *
 *   law/statute.h     participants, units, tasks, activities
 *   law/categories.h  categories x phase x source; subject, tie and attachment kinds
 *   law/admission.h   crime forms, criteria, weighing factors, lines, where else to go
 *   law/handling.h    evaluation of source and information, handling codes
 *   law/instruments.h interventions, amounts, reasons to refuse
 *   law/terms.h       retention, terms, parameters
 *   law/rules.h      
 *   law/share.h       "Mag ik dit delen?" in the words of a clerk
 *   law/topics.h      what may not stand in prose
 *   law/validate.h    numbers, dates, amounts, addresses as people type them
 *   law/read_prose.h  the same, found in pasted text
 */
#ifndef LAW_LAW_H
#define LAW_LAW_H

#include "law/admission.h"
#include "law/categories.h"
#include "law/handling.h"
#include "law/instruments.h"
#include "law/rules.h"
#include "law/share.h"
#include "law/statute.h"
#include "law/terms.h"
#include "law/topics.h"

#endif
