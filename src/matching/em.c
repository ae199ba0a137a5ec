#include "matching/em.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "matching/compare.h"

enum { WEIGHT_BOUND = 60 };

static double class_likelihood(const struct model *m, const struct model_class *c, uint32_t pattern)
{
	double p = c->share;

	for (int k = 0; k < m->comparison_count; k++) {
		int level = pattern_level(pattern, k);
		if (level != 0)
			p *= c->level[k][level];
	}
	return p;
}

/* Per class, so that all classes are worked out side by side. */
typedef double by_class[MODEL_CLASS_MAX];

/* The classes as factors of each level; a missing level changes nothing. */
struct factors {
	by_class share;
	by_class level[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX];
};

struct sums {
	by_class share;
	by_class level[MODEL_COMPARISON_MAX][MODEL_LEVEL_MAX];
	double pairs;
};

static void factors_of(const struct model *m, struct factors *ret)
{
	memset(ret, 0, sizeof(*ret));
	for (int c = 0; c < m->class_count; c++) {
		ret->share[c] = m->classes[c].share;
		for (int k = 0; k < m->comparison_count; k++)
			for (int l = 0; l < MODEL_LEVEL_MAX; l++)
				ret->level[k][l][c] = l == 0 ? 1 : m->classes[c].level[k][l];
	}
}

static void expect(const struct model *m, const struct factors *f, struct pattern_count p,
                   struct sums *s)
{
	by_class joint;
	double total = 0;

	memcpy(joint, f->share, sizeof(joint));
	for (int k = 0; k < m->comparison_count; k++)
		for (int c = 0; c < MODEL_CLASS_MAX; c++)
			joint[c] *= f->level[k][pattern_level(p.pattern, k)][c];
	for (int c = 0; c < m->class_count; c++)
		total += joint[c];
	if (total <= 0)
		return;
	s->pairs += (double)p.count;
	for (int c = 0; c < MODEL_CLASS_MAX; c++) {
		joint[c] = (double)p.count * joint[c] / total;
		s->share[c] += joint[c];
	}
	for (int k = 0; k < m->comparison_count; k++)
		for (int c = 0; c < MODEL_CLASS_MAX; c++)
			s->level[k][pattern_level(p.pattern, k)][c] += joint[c];
}

/* Shares and levels that maximise the posterior, given the expected counts. */
static void maximise(struct model *m, const struct model *start, const struct sums *s,
                     double anchor)
{
	const double FLOOR = 1e-7;

	for (int c = 0; c < m->class_count; c++) {
		struct model_class *to = &m->classes[c];
		const struct model_class *from = &start->classes[c];
		to->share = (s->share[c] / s->pairs + 0.002 * from->share) / 1.002;
		for (int k = 0; k < m->comparison_count; k++) {
			double seen = 0, prior = anchor * s->share[c] + 10;
			for (int l = 1; l < MODEL_LEVEL_MAX; l++)
				seen += s->level[k][l][c];
			for (int l = 1; l < MODEL_LEVEL_MAX; l++)
				to->level[k][l] =
				    (s->level[k][l][c] + prior * from->level[k][l] + FLOOR) /
				    (seen + prior + FLOOR * MODEL_LEVEL_MAX);
		}
	}
}

void em_estimate(struct model *m, const struct pattern_count *patterns, size_t pattern_count,
                 struct em_options options)
{
	const struct model start = *m;

	assert(options.anchor >= 0);
	for (int round = 0; round < options.rounds && pattern_count > 0; round++) {
		struct sums s = { .pairs = 0 };
		struct factors f;
		factors_of(m, &f);
		for (size_t i = 0; i < pattern_count; i++)
			expect(m, &f, patterns[i], &s);
		if (s.pairs <= 0)
			break;
		maximise(m, &start, &s, options.anchor);
	}
}

static double weight_of_odds(double match, double other)
{
	if (match <= 0)
		return -WEIGHT_BOUND;
	if (other <= 0)
		return WEIGHT_BOUND;
	return fmin(fmax(log2(match / other), -WEIGHT_BOUND), WEIGHT_BOUND);
}

double model_weight(const struct model *m, uint32_t pattern)
{
	double match = 0, other = 0;

	for (int c = 0; c < m->class_count; c++) {
		double p = class_likelihood(m, &m->classes[c], pattern);
		if (m->classes[c].match)
			match += p;
		else
			other += p;
	}
	return weight_of_odds(match, other);
}

double model_lookup_weight(const struct model *m, uint32_t pattern, double records)
{
	double match = 0, other = 0, matches = 0, random = records;

	if (!m->has_random || records <= 0)
		return model_weight(m, pattern);
	for (int c = 0; c < m->class_count; c++) {
		double p = class_likelihood(m, &m->classes[c], pattern);
		if (m->classes[c].match) {
			match += p;
			matches += m->classes[c].share;
		} else if (!m->classes[c].chance) {
			other += p;
		}
	}
	for (int k = 0; k < m->comparison_count; k++)
		if (pattern_level(pattern, k) != 0)
			random *= m->random[k][pattern_level(pattern, k)];
	return weight_of_odds(match, other + random * matches);
}

int model_likeliest_class(const struct model *m, uint32_t pattern)
{
	int best = 0;
	double most = -1;

	for (int c = 0; c < m->class_count; c++) {
		double p = class_likelihood(m, &m->classes[c], pattern);
		if (p > most) {
			most = p;
			best = c;
		}
	}
	return best;
}
