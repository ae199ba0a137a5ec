/*
 * sheet_apart.h - the child that reads a table for sheet_read(): for main.c and the tests' programs
 */
#ifndef SHEETS_SHEET_APART_H
#define SHEETS_SHEET_APART_H

#include <stdbool.h>

/* Whether the program was started to read a table or a document and do nothing else. */
bool sheet_child_asked(int argc, char **argv);
/* Reads its input and says the rows, or the words. The exit code. */
int sheet_child(char **argv);

#endif
