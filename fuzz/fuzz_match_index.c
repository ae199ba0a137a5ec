/* fuzz_match_index.c - a snapshot of any bytes is refused in words or answers questions */
#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "matching/index.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct model m;
	struct match_index *x = NULL;
	struct error e;
	char path[64];

	assert(model_ready("objects", &m, &e) == OK);
	int fd = memfd_create("snapshot", MFD_CLOEXEC);
	if (fd < 0)
		return 0;
	bool whole = write(fd, data, size) == (ssize_t)size;
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (whole && index_load(path, &m, &x, &e) == OK) {
		struct index_record asked = {
			.id = 1, .texts = { "AB12CD", "NL91ABNA0417164300", "0612345678" }
		};
		struct index_hit hits[5];
		int count = 0;
		assert(index_lookup(x, &asked, -60, hits, 5, &count, &e) == OK);
		assert(count >= 0 && count <= 5);
		index_free(x);
	} else {
		assert(!whole || e.message[0] != '\0');
	}
	(void)close(fd);
	return 0;
}
