#include "platform/sandbox/closing.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED 1
#elif defined(__has_feature)
#define WATCHED (__has_feature(address_sanitizer) || __has_feature(thread_sanitizer))
#else
#define WATCHED 0
#endif

enum status sandbox_cant(struct error *reterr, const char *what)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE,
	           "Plein kan dit bestand hier niet veilig lezen. Vraag uw beheerder om hulp.");
	return error_cause(reterr, "sandbox: %s: %s", what, strerror(errno));
}

enum status sandbox_input(const void **ret, size_t *ret_len, struct error *reterr)
{
	struct stat st;

	*ret = "";
	*ret_len = 0;
	if (fstat(STDIN_FILENO, &st) != 0)
		return sandbox_cant(reterr, "no input");
	if (st.st_size <= 0)
		return OK;
	void *bytes =
	    mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, STDIN_FILENO, 0);
	if (bytes == MAP_FAILED)
		return sandbox_cant(reterr, "mmap");
	*ret = bytes;
	*ret_len = (size_t)st.st_size;
	return OK;
}

bool sandbox_say(const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len > 0) {
		const ssize_t n = write(STDOUT_FILENO, from, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		from += n;
		len -= (size_t)n;
	}
	return true;
}

static bool limit(int what, rlim_t most)
{
	const struct rlimit r = { most, most };
	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

/* A sanitizer reserves terabytes that it never uses. */
bool sandbox_limits(void)
{
	return limit(RLIMIT_CPU, SANDBOX_SECONDS) && limit(RLIMIT_CORE, 0) &&
	       limit(RLIMIT_FSIZE, 0) && (WATCHED || limit(RLIMIT_AS, SANDBOX_MEMORY_MAX)) &&
	       prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 &&
	       prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

/* Every way to a file that this kernel knows, and none allowed. */
static bool no_files(void)
{
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};
	const long rules = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

	if (rules < 0)
		return errno == ENOSYS || errno == EOPNOTSUPP;
	const bool done = syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
	(void)close((int)rules);
	return done;
}

static const int ALLOWED[] = {
	SCMP_SYS(read),           SCMP_SYS(write),        SCMP_SYS(close),
	SCMP_SYS(fstat),          SCMP_SYS(newfstatat),   SCMP_SYS(lseek),
	SCMP_SYS(munmap),         SCMP_SYS(mremap),       SCMP_SYS(brk),
	SCMP_SYS(madvise),        SCMP_SYS(futex),        SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack),
	SCMP_SYS(getrandom),      SCMP_SYS(gettid),       SCMP_SYS(getpid),
	SCMP_SYS(sched_yield),    SCMP_SYS(exit),         SCMP_SYS(exit_group),
	SCMP_SYS(clock_gettime),
};
/* A library may look for a table of letters: it gets none, and says so. */
static const int REFUSED[] = { SCMP_SYS(openat), SCMP_SYS(open), SCMP_SYS(readlink),
	                       SCMP_SYS(access), SCMP_SYS(stat), SCMP_SYS(ioctl) };
static const int MAPPING[] = { SCMP_SYS(mmap), SCMP_SYS(mprotect) };

static bool add_rules(scmp_filter_ctx f)
{
	int bad = 0;

	for (size_t i = 0; i < sizeof ALLOWED / sizeof ALLOWED[0]; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, ALLOWED[i], 0);
	for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), REFUSED[i], 0);
	for (size_t i = 0; i < sizeof MAPPING / sizeof MAPPING[0]; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, MAPPING[i], 1,
		                        SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return bad == 0;
}

static bool few_calls(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
	const bool done = f != NULL && add_rules(f) && seccomp_load(f) == 0;

	seccomp_release(f);
	return done;
}

enum status sandbox_close_off(struct error *reterr)
{
	if (!sandbox_limits())
		return sandbox_cant(reterr, "limits");
	if (!no_files())
		return sandbox_cant(reterr, "landlock");
	return few_calls() ? OK : sandbox_cant(reterr, "seccomp");
}
