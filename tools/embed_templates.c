/*
 * embed-templates: parses web/ and writes every template as a constant table of steps
 *
 *     embed-templates OUT.c OUT.d ROOT
 *
 * ROOT/frame/top.html becomes "frame/top", ROOT/icons/check.svg becomes "icons/check". Says
 * file, line and reason of everything the dialect or the Content-Security-Policy refuses, and
 * then writes nothing. OUT.d names files and folders, so that ninja sees a new file too.
 */
#include <assert.h>
#include <dirent.h>

#include "platform/view/markup.h"
#include "platform/view/template.h"

enum { FILES_MAX = 2000 };

struct file {
	const char *path, *name, *source;
	bool icon;
	struct template parsed;
};

struct files {
	struct arena *arena;
	struct file list[FILES_MAX];
	size_t count;
	const char *folders[FILES_MAX];
	size_t folder_count;
};

static const char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL)
		return NULL;
	size_t room = 1 << 18;
	char *text = arena_alloc(a, room);
	size_t len = fread(text, 1, room - 1, f);
	bool whole = feof(f) != 0 && ferror(f) == 0 && memchr(text, '\0', len) == NULL;
	fclose(f);
	return whole ? text : NULL;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static const struct file *named(const struct files *fs, const char *name)
{
	struct file wanted = { .name = name };
	return bsearch(&wanted, fs->list, fs->count, sizeof(wanted), by_name);
}

static const struct template *partial(void *context, const char *name)
{
	const struct file *f = named(context, name);
	return f == NULL ? NULL : &f->parsed;
}

static const char *icon(void *context, const char *name)
{
	struct files *fs = context;
	const struct file *f = named(fs, arena_printf(fs->arena, "icons/%s", name));
	return f == NULL ? NULL : f->source;
}

static void write_text(FILE *out, const char *text, size_t len)
{
	fputc('"', out);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else if (c >= 0x20 && c < 0x7f && c != '?')
			fputc(c, out);
		else
			fprintf(out, "\\%03o", c);
	}
	fputc('"', out);
}

static size_t name_len(const struct template_step *s)
{
	size_t len = 0;
	for (unsigned i = 0; i < s->parts; i++)
		len += strlen(s->text + len) + 1;
	return len;
}

static void write_member(FILE *out, const char *member, const char *text)
{
	if (text == NULL)
		return;
	fprintf(out, ", .%s = ", member);
	write_text(out, text, strlen(text));
}

static void write_step(FILE *out, const struct files *fs, const struct template_step *s)
{
	fprintf(out, "\t{ .kind = %d, .tag = %d, .parts = %d, .len = %u, .end = %u, .line = %u",
	        s->kind, s->tag, s->parts, s->len, s->end, s->line);
	if (s->text != NULL) {
		fputs(", .text = ", out);
		write_text(out, s->text, s->kind == STEP_TEXT ? s->len : name_len(s));
	}
	write_member(out, "argument", s->argument);
	write_member(out, "rest", s->rest);
	write_member(out, "help", s->help);
	write_member(out, "indent", s->indent);
	for (size_t i = 0; s->partial != NULL && i < fs->count; i++)
		if (s->partial == &fs->list[i].parsed)
			fprintf(out, ", .partial = &TEMPLATES[%zu]", i);
	fputs(" },\n", out);
}

static void write_all(FILE *out, const struct files *fs)
{
	fputs(
	    "/* Made by embed-templates from web/. */\n#include \"platform/view/template.h\"\n\n"
	    "/* A page's markup is longer than C99 asks of every compiler; ours have no limit. */\n"
	    "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\n",
	    out);
	fprintf(out, "static const struct template TEMPLATES[%zu];\n\n", fs->count);
	for (size_t i = 0; i < fs->count; i++) {
		const struct template *t = &fs->list[i].parsed;
		fprintf(out, "/* %s */\nstatic const struct template_step STEPS_%zu[] = {\n",
		        fs->list[i].name, i);
		for (uint32_t k = 0; k < t->count; k++)
			write_step(out, fs, &t->steps[k]);
		fputs("\t{ .kind = 0 }\n};\n", out);
	}
	fprintf(out, "\nstatic const struct template TEMPLATES[%zu] = {\n", fs->count);
	for (size_t i = 0; i < fs->count; i++)
		fprintf(out, "\t{ \"%s\", STEPS_%zu, %u },\n", fs->list[i].name, i,
		        fs->list[i].parsed.count);
	fprintf(out,
	        "};\n\nconst struct template *template_all(size_t *ret_count)\n{\n"
	        "\t*ret_count = %zu;\n\treturn TEMPLATES;\n}\n",
	        fs->count);
}

static bool ends_in(const char *text, const char *end)
{
	size_t len = strlen(text), end_len = strlen(end);
	return len > end_len && strcmp(text + len - end_len, end) == 0;
}

static bool is_template(const char *name)
{
	return ends_in(name, ".html") || (strncmp(name, "icons/", 6) == 0 && ends_in(name, ".svg"));
}

static bool add_file(struct files *fs, const char *path, const char *name)
{
	if (!is_template(name))
		return true;
	if (fs->count == FILES_MAX)
		return false;
	const char *dot = strrchr(name, '.');
	struct file *f = &fs->list[fs->count++];
	f->path = path;
	f->name = arena_strndup(fs->arena, name, (size_t)(dot - name));
	f->source = slurp(fs->arena, path);
	if (f->source != NULL && ends_in(path, ".svg"))
		f->source = arena_strndup(fs->arena, f->source, strcspn(f->source, "\n"));
	return f->source != NULL;
}

/* ROOT has folders (rooms) and those have files; nothing lies deeper. room "" is ROOT itself. */
static bool read_folder(struct files *fs, const char *folder, const char *room)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool fine = dir != NULL && fs->folder_count < FILES_MAX;

	if (fine)
		fs->folders[fs->folder_count++] = folder;
	while (fine && (entry = readdir(dir)) != NULL) {
		const char *path = arena_printf(fs->arena, "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] == '.' || strcmp(entry->d_name, "node_modules") == 0)
			continue;
		if (room[0] != '\0')
			fine = add_file(fs, path,
			                arena_printf(fs->arena, "%s/%s", room, entry->d_name));
		else if (entry->d_type == DT_DIR)
			fine = read_folder(fs, path, arena_strdup(fs->arena, entry->d_name));
	}
	if (!fine)
		fprintf(stderr, "%s: can't be read\n", folder);
	if (dir != NULL)
		closedir(dir);
	return fine;
}

static void write_dependencies(FILE *out, const struct files *fs, const char *made)
{
	fprintf(out, "%s:", made);
	for (size_t i = 0; i < fs->count; i++)
		fprintf(out, " %s", fs->list[i].path);
	for (size_t i = 0; i < fs->folder_count; i++)
		fprintf(out, " %s", fs->folders[i]);
	fputs("\n", out);
}

static bool parse_all(struct files *fs)
{
	const struct template_library library = { partial, icon, fs, false };
	bool fine = true;

	for (size_t i = 0; i < fs->count; i++) {
		struct file *f = &fs->list[i];
		struct template_fault fault = { 0, NULL };
		f->parsed.name = f->name;
		if (!markup_check(f->source, &fault) ||
		    !template_parse(fs->arena, f->source, &library, &f->parsed, &fault)) {
			fprintf(stderr, "%s:%u: error: %s\n", f->path, fault.line, fault.what);
			fine = false;
		}
	}
	return fine;
}

static bool write_file(const char *path, const struct files *fs, const char *made)
{
	FILE *out = fopen(path, "wb");
	if (out == NULL)
		return false;
	if (made == NULL)
		write_all(out, fs);
	else
		write_dependencies(out, fs, made);
	return fclose(out) == 0;
}

int main(int argc, char **argv)
{
	static struct files fs;
	struct arena arena;

	if (argc != 4) {
		fputs("usage: embed-templates OUT.c OUT.d ROOT\n", stderr);
		return 2;
	}
	arena_init(&arena, (size_t)1 << 30);
	fs.arena = &arena;
	bool fine = read_folder(&fs, argv[3], "");
	qsort(fs.list, fs.count, sizeof(fs.list[0]), by_name);
	fine = fine && parse_all(&fs) && write_file(argv[1], &fs, NULL) &&
	       write_file(argv[2], &fs, argv[1]);
	arena_reset(&arena);
	return fine ? 0 : 1;
}
