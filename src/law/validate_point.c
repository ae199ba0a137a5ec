#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

/* The Netherlands with its territorial sea, in whole and tenth degrees. */
static const double LATITUDE_LEAST = 50.7, LATITUDE_MOST = 53.7;
static const double LONGITUDE_LEAST = 3.2, LONGITUDE_MOST = 7.3;

enum { PART_BYTES = 32, DEGREES_MOST = 180 };

struct two {
	char part[2][PART_BYTES];
};

static bool take(char *to, const char *from, size_t len)
{
	while (len > 0 && (*from == ' ' || *from == '\t'))
		from++, len--;
	while (len > 0 && (from[len - 1] == ' ' || from[len - 1] == ',' || from[len - 1] == ';'))
		len--;
	if (len == 0 || len >= PART_BYTES || memchr(from, ' ', len) != NULL)
		return false;
	memcpy(to, from, len);
	to[len] = '\0';
	return true;
}

/* "155000 463000", "155.000,5; 463.000", "52.1551, 5.3872", "52.1551,5.3872". */
static bool split(const char *text, struct two *ret)
{
	const char *at = strchr(text, ';');

	while (*text == ' ')
		text++;
	if (at == NULL)
		at = strpbrk(text, " \t");
	if (at == NULL && strchr(text, ',') == strrchr(text, ','))
		at = strchr(text, ',');
	return at != NULL && take(ret->part[0], text, (size_t)(at - text)) &&
	       take(ret->part[1], at + 1, strlen(at + 1));
}

/* Degrees with a point or a comma; false for anything else. */
static bool read_degrees(const char *text, double *ret)
{
	double value = 0, unit = 1;
	bool behind = false;

	if (!is_digit(*text))
		return false;
	for (; *text != '\0'; text++) {
		if ((*text == '.' || *text == ',') && !behind) {
			behind = true;
			continue;
		}
		if (!is_digit(*text))
			return false;
		value = value * 10 + (*text - '0');
		unit *= behind ? 10 : 1;
	}
	*ret = value / unit;
	return *ret <= DEGREES_MOST;
}

static bool between(double value, double least, double most)
{
	return value >= least && value <= most;
}

static struct law_checked check_degrees(struct law_wgs84 at)
{
	char x[PART_BYTES], y[PART_BYTES];
	struct law_rd rd;

	if (between(at.longitude, LATITUDE_LEAST, LATITUDE_MOST) &&
	    between(at.latitude, LONGITUDE_LEAST, LONGITUDE_MOST))
		return checked_error("Noord en oost zijn verwisseld. Draai ze om.");
	if (!between(at.latitude, LATITUDE_LEAST, LATITUDE_MOST) ||
	    !between(at.longitude, LONGITUDE_LEAST, LONGITUDE_MOST))
		return checked_error("Dit punt ligt niet in Nederland. Controleer beide getallen.");
	rd = law_wgs84_to_rd(at);
	(void)snprintf(x, sizeof x, "%lld", (long long)((rd.x_mm + 500) / 1000)); /* to the metre */
	(void)snprintf(y, sizeof y, "%lld", (long long)((rd.y_mm + 500) / 1000));
	return law_check_rd(x, y, &rd);
}

struct law_checked law_check_point(const char *text)
{
	struct law_wgs84 at;
	struct law_rd rd;
	struct two two;

	if (!split(text, &two))
		return checked_error("Vul twee getallen in: 155000 463000, of 52.1552 5.3872.");
	if (read_degrees(two.part[0], &at.latitude) && read_degrees(two.part[1], &at.longitude))
		return check_degrees(at);
	return law_check_rd(two.part[0], two.part[1], &rd);
}
