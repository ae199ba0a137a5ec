/*
 * match.h - plein match dedupe | link | lookup | explain | model | generate | bloom
 *
 * The command line of the matching engine: CSV in, pairs with weights out. Messages are Dutch and
 * go to standard error; data goes to the named file or standard output.
 */
#ifndef CLI_MATCH_H
#define CLI_MATCH_H

/* argv[0] is the word "match" (or the program's name). 0: done; 1: the input isn't right, the
 * message says why; 2: the command itself was wrong. */
int cli_match(int argc, char **argv);

#endif
