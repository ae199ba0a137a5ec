/*
 * Another program in a closed place. It has to load its libraries first, so it can't be closed off as
 * tightly as a child that computes: files may be read where it was told, and it may run itself.
 */
#include "platform/sandbox/closing.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { RUN = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE };
enum { READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR };

/* What loads a program, per machine; and where libraries are. */
static const char *const LOADERS[] = { "/lib64/ld-linux-x86-64.so.2",
	                               "/lib/ld-linux-aarch64.so.1" };
static const char *const LIBRARIES[] = { "/lib", "/lib64", "/usr/lib" };

static bool allow(int rules, const char *path, uint64_t what)
{
	const struct landlock_path_beneath_attr at = {
		.allowed_access = what,
		.parent_fd = open(path, O_PATH | O_CLOEXEC),
	};

	if (at.parent_fd < 0)
		return errno == ENOENT;
	const bool done =
	    syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &at, 0) == 0;
	(void)close(at.parent_fd);
	return done;
}

static bool allow_all(int rules, const char *program, const char *const *folders)
{
	bool done = allow(rules, program, RUN) &&
	            allow(rules, "/etc/ld.so.cache", LANDLOCK_ACCESS_FS_READ_FILE);

	for (size_t i = 0; done && i < sizeof LOADERS / sizeof LOADERS[0]; i++)
		done = allow(rules, LOADERS[i], RUN);
	for (size_t i = 0; done && i < sizeof LIBRARIES / sizeof LIBRARIES[0]; i++)
		done = allow(rules, LIBRARIES[i], READ);
	for (; done && *folders != NULL; folders++)
		done = allow(rules, *folders, READ);
	return done;
}

/* Without landlock a foreign program could read every file: then it isn't run. */
static bool few_files(const char *program, const char *const *folders)
{
	const struct landlock_ruleset_attr all = {
		.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1,
	};
	const long rules = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);

	if (rules < 0)
		return false;
	const bool done = allow_all((int)rules, program, folders) &&
	                  syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
	(void)close((int)rules);
	return done;
}

/* Whatever isn't here is refused to it: no socket, no second process, no file to write. */
static const int ALLOWED[] = {
	SCMP_SYS(read),
	SCMP_SYS(pread64),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(close),
	SCMP_SYS(openat),
	SCMP_SYS(open),
	SCMP_SYS(access),
	SCMP_SYS(faccessat),
	SCMP_SYS(faccessat2),
	SCMP_SYS(fstat),
	SCMP_SYS(newfstatat),
	SCMP_SYS(stat),
	SCMP_SYS(lstat),
	SCMP_SYS(statx),
	SCMP_SYS(readlink),
	SCMP_SYS(readlinkat),
	SCMP_SYS(getdents64),
	SCMP_SYS(lseek),
	SCMP_SYS(fcntl),
	SCMP_SYS(mmap),
	SCMP_SYS(mprotect),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(madvise),
	SCMP_SYS(brk),
	SCMP_SYS(futex),
	SCMP_SYS(arch_prctl),
	SCMP_SYS(set_tid_address),
	SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(sigaltstack),
	SCMP_SYS(getrandom),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(getuid),
	SCMP_SYS(geteuid),
	SCMP_SYS(getgid),
	SCMP_SYS(getegid),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(sched_yield),
	SCMP_SYS(execve),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
};

static bool few_calls(void)
{
	scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool done = f != NULL;

	for (size_t i = 0; done && i < sizeof ALLOWED / sizeof ALLOWED[0]; i++)
		done = seccomp_rule_add(f, SCMP_ACT_ALLOW, ALLOWED[i], 0) == 0;
	done = done && seccomp_load(f) == 0;
	seccomp_release(f);
	return done;
}

enum status sandbox_become(char *const *argv, const char *const *folders, struct error *reterr)
{
	char *const nothing[] = { NULL };

	if (lseek(STDIN_FILENO, 0, SEEK_SET) != 0 || !sandbox_limits())
		return sandbox_cant(reterr, "limits");
	if (!few_files(argv[0], folders))
		return sandbox_cant(reterr, "landlock");
	if (!few_calls())
		return sandbox_cant(reterr, "seccomp");
	(void)execve(argv[0], argv, nothing);
	return sandbox_cant(reterr, argv[0]);
}
