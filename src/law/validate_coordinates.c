#include "law/validate.h"
#include "law/validate_text.h"

enum {
	X_LEAST_M = 7000,
	X_MOST_M = 300000,
	Y_LEAST_M = 289000,
	Y_MOST_M = 629000,
	DECIMALS_READ = 4 /* one more than is kept, to round half up */
};

/* Metres as typed. A point between one to three digits and exactly three parts thousands (155.000);
 * any other point, or a comma, starts the decimals (155000.500). */
static bool read_metres(const char *text, int64_t *ret_mm)
{
	struct plain p = plain_of(text);
	int64_t whole = 0, thousandths10 = 0;
	int decimals = -1, group = 0;
	const char *comma = NULL;

	for (const char *s = p.s; *s != '\0'; s++)
		if (*s == ',')
			comma = s;
	for (const char *s = p.s; *s != '\0'; s++) {
		bool thousands = *s == '.' && is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3]) &&
		                 !is_digit(s[4]) && decimals < 0 && group >= 1 && group <= 3;
		if (*s == ' ' || thousands) {
			group = thousands ? 0 : group;
			continue;
		}
		if ((*s == ',' || (*s == '.' && comma == NULL)) && decimals < 0) {
			decimals = 0;
			continue;
		}
		if (!is_digit(*s) || whole > 10000000)
			return false;
		group++;
		if (decimals < 0)
			whole = whole * 10 + (*s - '0');
		else if (decimals < DECIMALS_READ) {
			thousandths10 = thousandths10 * 10 + (*s - '0');
			decimals++;
		}
	}
	for (; decimals >= 0 && decimals < DECIMALS_READ; decimals++)
		thousandths10 *= 10;
	*ret_mm = whole * 1000 + (thousandths10 + 5) / 10;
	return p.len > 0 && !p.refused;
}

static bool between(int64_t mm, int least_m, int most_m)
{
	return mm >= (int64_t)least_m * 1000 && mm <= (int64_t)most_m * 1000;
}

struct law_checked law_check_rd(const char *x_text, const char *y_text, struct law_rd *ret)
{
	struct law_rd rd;

	if (!read_metres(x_text, &rd.x_mm) || !read_metres(y_text, &rd.y_mm))
		return checked_error("Vul x en y in meters in, zoals 155000 en 463000.");
	bool x_fits = between(rd.x_mm, X_LEAST_M, X_MOST_M);
	bool y_fits = between(rd.y_mm, Y_LEAST_M, Y_MOST_M);
	if (!x_fits && !y_fits && between(rd.y_mm, X_LEAST_M, X_MOST_M) &&
	    between(rd.x_mm, Y_LEAST_M, Y_MOST_M))
		return checked_error("x en y zijn verwisseld. Draai ze om.");
	if (!x_fits || !y_fits)
		return checked_error("Dit punt ligt niet in Nederland. Controleer x en y.");
	char value[64];
	int len =
	    snprintf(value, sizeof(value), "%lld,%03d %lld,%03d", (long long)(rd.x_mm / 1000),
	             (int)(rd.x_mm % 1000), (long long)(rd.y_mm / 1000), (int)(rd.y_mm % 1000));
	if (len < 0 || (size_t)len >= sizeof(value))
		return checked_error("Vul x en y in meters in, zoals 155000 en 463000.");
	*ret = rd;
	return checked_fine(value);
}

struct term {
	int p, q; /* powers */
	double k;
};

static double power(double base, int exponent)
{
	double product = 1;

	for (int i = 0; i < exponent; i++)
		product *= base;
	return product;
}

static double polynomial(const struct term *terms, size_t count, double a, double b)
{
	double sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += terms[i].k * power(a, terms[i].p) * power(b, terms[i].q);
	return sum;
}

#define SUM(terms, a, b) polynomial((terms), sizeof(terms) / sizeof((terms)[0]), (a), (b))

/* F.H. Schreutelkamp and G.L. Strang van Hees, "Benaderingsformules voor de transformatie tussen
 * RD- en WGS84-kaartcoördinaten", Geodesia 2001. Amersfoort is the origin. */
static const double LATITUDE_0 = 52.15517440, LONGITUDE_0 = 5.38720621;
static const double X_0 = 155000, Y_0 = 463000;

static const struct term latitude_terms[] = {
	{ 0, 1, 3235.65389 }, { 2, 0, -32.58297 }, { 0, 2, -0.24750 }, { 2, 1, -0.84978 },
	{ 0, 3, -0.06550 },   { 2, 2, -0.01709 },  { 1, 0, -0.00738 }, { 4, 0, 0.00530 },
	{ 2, 3, -0.00039 },   { 4, 1, 0.00033 },   { 1, 1, -0.00012 },
};
static const struct term longitude_terms[] = {
	{ 1, 0, 5260.52916 }, { 1, 1, 105.94684 }, { 1, 2, 2.45656 },  { 3, 0, -0.81885 },
	{ 1, 3, 0.05594 },    { 3, 1, -0.05607 },  { 0, 1, 0.01199 },  { 3, 2, -0.00256 },
	{ 1, 4, 0.00128 },    { 0, 2, 0.00022 },   { 2, 0, -0.00022 }, { 5, 0, 0.00026 },
};
static const struct term x_terms[] = {
	{ 0, 1, 190094.945 }, { 1, 1, -11832.228 }, { 2, 1, -114.221 },
	{ 0, 3, -32.391 },    { 1, 0, -0.705 },     { 3, 1, -2.340 },
	{ 1, 3, -0.608 },     { 0, 2, -0.008 },     { 2, 3, 0.148 },
};
static const struct term y_terms[] = {
	{ 1, 0, 309056.544 }, { 0, 2, 3638.893 }, { 2, 0, 73.077 }, { 1, 2, -157.984 },
	{ 3, 0, 59.788 },     { 0, 1, 0.433 },    { 2, 2, -6.439 }, { 1, 1, -0.032 },
	{ 0, 4, 0.092 },      { 1, 4, -0.054 },
};

struct law_wgs84 law_rd_to_wgs84(struct law_rd rd)
{
	double dx = ((double)rd.x_mm / 1000 - X_0) * 1e-5;
	double dy = ((double)rd.y_mm / 1000 - Y_0) * 1e-5;

	return (struct law_wgs84){
		.latitude = LATITUDE_0 + SUM(latitude_terms, dx, dy) / 3600,
		.longitude = LONGITUDE_0 + SUM(longitude_terms, dx, dy) / 3600,
	};
}

struct law_rd law_wgs84_to_rd(struct law_wgs84 at)
{
	double north = 0.36 * (at.latitude - LATITUDE_0);
	double east = 0.36 * (at.longitude - LONGITUDE_0);

	return (struct law_rd){
		.x_mm = (int64_t)((X_0 + SUM(x_terms, north, east)) * 1000 + 0.5),
		.y_mm = (int64_t)((Y_0 + SUM(y_terms, north, east)) * 1000 + 0.5),
	};
}
