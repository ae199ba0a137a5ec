/* replay.c - runs a fuzz target once over each file of its corpus and reports TAP */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX_BYTES = 1 << 20 };

static int replay(const char *folder, const char *name, uint8_t *buffer)
{
	char path[4096];
	const int length = snprintf(path, sizeof path, "%s/%s", folder, name);
	if (length < 0 || (size_t)length >= sizeof path)
		return -1;
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return -1;
	const size_t size = fread(buffer, 1, INPUT_MAX_BYTES, file);
	(void)fclose(file); /* only read from */
	/* A block of exactly that size, so that a read past the end is seen. */
	uint8_t *input = malloc(size > 0 ? size : 1);
	if (input == NULL)
		return -1;
	for (size_t i = 0; i < size; i++)
		input[i] = buffer[i];
	const int answer = LLVMFuzzerTestOneInput(input, size);
	free(input);
	return answer;
}

int main(int argc, char **argv)
{
	static uint8_t buffer[INPUT_MAX_BYTES];
	struct dirent **names = NULL;
	const int count = argc == 2 ? scandir(argv[1], &names, NULL, alphasort) : -1;
	if (count < 0) {
		printf("Bail out! usage: replay FOLDER\n");
		return 1;
	}
	int ran = 0;
	int failed = 0;
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.') {
			const int answer = replay(argv[1], names[i]->d_name, buffer);
			printf("%sok %d - %s\n", answer == 0 ? "" : "not ", ++ran,
			       names[i]->d_name);
			failed += answer != 0;
		}
		free(names[i]);
	}
	free(names);
	printf("1..%d\n", ran);
	return failed == 0 && ran > 0 ? 0 : 1;
}
