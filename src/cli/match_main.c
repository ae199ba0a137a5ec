/* The matching commands as a program of their own, for measuring and tests. */
#include "cli/match.h"

int main(int argc, char **argv)
{
	return cli_match(argc, argv);
}
