/* plein match as who reads its help and gives it a file of another kitchen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/match.h"

static char folder[] = "/tmp/test-match-command-XXXXXX";
static char text[1 << 16];

static const char *in_folder(const char *name)
{
	static char path[16][128];
	static int next;
	char *to = path[next++ % 16];

	(void)snprintf(to, sizeof(path[0]), "%s/%s", folder, name);
	return to;
}

static const char *write_file(const char *name, const char *content)
{
	const char *path = in_folder(name);
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_true(fputs(content, f) >= 0);
	assert_int_equal(fclose(f), 0);
	return path;
}

static const char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	text[fread(text, 1, sizeof(text) - 1, f)] = '\0';
	(void)fclose(f);
	return text;
}

/* What the command writes to standard output or error; words end in NULL. */
static const char *said(int expected, const char *const *words)
{
	const char *path = in_folder("said");
	char *argv[16] = { 0 };
	int argc = 0, held[2] = { dup(1), dup(2) };

	for (; words[argc] != NULL; argc++)
		argv[argc] = (char *)(uintptr_t)words[argc];
	(void)fflush(stdout);
	FILE *to = fopen(path, "w");
	assert_non_null(to);
	(void)dup2(fileno(to), 1);
	(void)dup2(fileno(to), 2);
	int code = cli_match(argc, argv);
	(void)fflush(stdout);
	(void)dup2(held[0], 1);
	(void)dup2(held[1], 2);
	(void)close(held[0]);
	(void)close(held[1]);
	(void)fclose(to);
	assert_int_equal(code, expected);
	return read_file(path);
}

static void every_command_tells_its_options_and_columns(void **state)
{
	(void)state;
	static const char *const COMMANDS[] = { "dedupe", "link",  "lookup",  "explain",
		                                "model",  "bloom", "generate" };
	const char *whole = said(0, (const char *const[]){ "match", "--help", NULL });

	for (size_t i = 0; i < 7; i++)
		assert_non_null(strstr(whole, COMMANDS[i]));
	for (size_t i = 0; i < 7; i++) {
		const char *help =
		    said(0, (const char *const[]){ "match", COMMANDS[i], "--help", NULL });
		assert_non_null(strstr(help, COMMANDS[i]));
		assert_non_null(strstr(help, "\n  --"));
		assert_true(i == 6 || strstr(help, "\n  --map veld=kolom") != NULL);
		assert_true(i == 6 ||
		            strstr(help, "given_names, initials, prefix, family_name, birth_date, "
		                         "street, house_number, house_addition, postcode, place, "
		                         "phone, email, bsn") != NULL);
	}
	assert_non_null(strstr(said(2, (const char *const[]){ "match", "dedupe", "--nope", NULL }),
	                       "plein match dedupe --help"));
}

static void any_columns_are_mapped_and_the_answer_has_the_promised_header(void **state)
{
	(void)state;
	const char *people = write_file("people.csv", "rec;voornaam;achternaam;geboren;schoenmaat\n"
	                                              "a1;Janneke;Vogelaar;1950-02-03;41\n"
	                                              "a2;Halil;Bulut;1994-06-08;42\n"
	                                              "a3;Janneke;Vogelaar;03-02-1950;39\n");
	const char *truth = write_file("truth.csv", "x,y\na1,a3\n");
	const char *pairs = in_folder("pairs.csv");
	const char *words[] = { "match",
		                "dedupe",
		                people,
		                "--map",
		                "id=rec",
		                "--map",
		                "given_names=voornaam",
		                "--map",
		                "family_name=achternaam",
		                "--map",
		                "birth_date=geboren",
		                "--truth",
		                truth,
		                "--output",
		                pairs,
		                NULL };

	const char *told = said(0, words);
	assert_non_null(strstr(told, "juist 1.0000, volledig 1.0000"));
	assert_non_null(strstr(told, "Niet gelezen kolommen: schoenmaat."));
	const char *answer = read_file(in_folder("pairs.csv"));
	assert_non_null(strstr(answer, "left_id,right_id,weight,probability,pattern\na1,a3,"));
	assert_ptr_equal(answer, strstr(answer, "left_id"));
}

/* What stands behind so many commas. */
static const char *behind(const char *line, int commas)
{
	for (; commas > 0; commas--) {
		line = strchr(line, ',');
		assert_non_null(line);
		line++;
	}
	return line;
}

static void a_look_up_says_of_each_answer_how_sure_and_why_as_dedupe_does(void **state)
{
	(void)state;
	/* who stands in the register twice is surely found twice */
	const char *people = write_file(
	    "people.csv", "id,given_names,family_name,birth_date,postcode,house_number,phone\n"
			  "1,Janneke,Vogelaar,1950-02-03,1234 AB,7,0612345678\n"
			  "2,Halil,Bulut,1994-06-08,9999 XK,1,0687654321\n"
			  "3,Janneke,Vogelaar,1950-02-03,1234 AB,7,0612345678\n");
	const char *pairs = in_folder("pairs.csv"), *answers = in_folder("answers.csv");
	const char *const asked[] = { "\n1,1,", "\n1,3," };
	char pattern[16] = "";

	(void)said(0, (const char *const[]){ "match", "dedupe", people, "--output", pairs, NULL });
	const char *line = strstr(read_file(in_folder("pairs.csv")), "\n1,3,");
	assert_non_null(line);
	(void)snprintf(pattern, sizeof(pattern), "%s", behind(line, 4));
	(void)said(0, (const char *const[]){ "match", "lookup", people, "--queries", people,
	                                     "--output", answers, NULL });
	const char *all = read_file(in_folder("answers.csv"));
	assert_ptr_equal(all, strstr(all, "query_id,record_id,weight,probability,pattern\n"));
	for (size_t i = 0; i < 2; i++) {
		line = strstr(all, asked[i]);
		assert_non_null(line);
		assert_true(strtod(behind(line, 3), NULL) > 0.99);
		assert_int_equal(strncmp(behind(line, 4), pattern, strcspn(pattern, "\n") + 1), 0);
	}
}

static void columns_that_nobody_can_be_known_by_are_said_before_the_work(void **state)
{
	(void)state;
	const char *people =
	    write_file("people.csv", "rec,voornaam,postcode,place\n1,Jan,Vos,Ede\n2,Jan,Vos,Ede\n");
	const char *told =
	    said(1, (const char *const[]){ "match", "dedupe", people, "--map", "place=-", NULL });

	assert_non_null(strstr(told, "Niet gelezen kolommen: rec, voornaam."));
	assert_non_null(strstr(told, "--map veld=kolom"));
	assert_null(strstr(told, "left_id"));
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int drop_folder(void **state)
{
	(void)state;
	static const char *const NAMES[] = { "said", "people.csv", "truth.csv", "pairs.csv",
		                             "answers.csv" };

	for (size_t i = 0; i < 5; i++)
		(void)unlink(in_folder(NAMES[i]));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_tells_its_options_and_columns),
		cmocka_unit_test(any_columns_are_mapped_and_the_answer_has_the_promised_header),
		cmocka_unit_test(a_look_up_says_of_each_answer_how_sure_and_why_as_dedupe_does),
		cmocka_unit_test(columns_that_nobody_can_be_known_by_are_said_before_the_work),
	};
	return cmocka_run_group_tests_name("match_command", tests, make_folder, drop_folder);
}
