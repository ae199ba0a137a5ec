/* The tree of the log: RFC 9162, and no proof that holds for anything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/merkle.h"

/* The leaves and roots that the certificate transparency project tests itself with. */
static const struct {
	const char *leaf;
	size_t len;
	const char *root;
} KNOWN[] = {
	{ "", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
	{ "\x00", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
	{ "\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
	{ "\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
	{ "\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
	{ "\x40\x41\x42\x43", 4,
	  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
	{ "\x50\x51\x52\x53\x54\x55\x56\x57", 8,
	  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
	{ "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16,
	  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
};

enum { LEAVES = 130, LEVELS = 9 };

/* A small tree with all its complete subtrees at hand. */
struct tree {
	struct merkle_frontier frontier;
	struct digest complete[LEVELS][LEAVES];
	struct digest roots[LEAVES + 1]; /* by size */
};

static bool from_tree(void *context, uint32_t level, uint64_t index, struct digest *ret)
{
	const struct tree *t = context;
	if (level >= LEVELS || (index + 1) << level > LEAVES)
		return false;
	*ret = t->complete[level][index];
	return true;
}

static struct tree TREE;
static const struct merkle_source SOURCE = { from_tree, &TREE };

static int grow(void **state)
{
	struct merkle_complete done[MERKLE_LEVELS_MAX];
	(void)state;
	TREE.roots[0] = merkle_root(&TREE.frontier);
	for (uint32_t i = 0; i < LEAVES; i++) {
		const struct digest leaf = merkle_leaf("nonce", 5, &i, sizeof i);
		const size_t count = merkle_append(&TREE.frontier, &leaf, done);
		for (size_t k = 0; k < count; k++)
			TREE.complete[done[k].level][done[k].index] = done[k].root;
		TREE.roots[i + 1] = merkle_root(&TREE.frontier);
	}
	return 0;
}

static bool equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, DIGEST_BYTES) == 0;
}

static void roots_are_those_of_certificate_transparency(void **state)
{
	(void)state;
	struct merkle_frontier f = { 0 };
	char hex[2 * DIGEST_BYTES + 1];
	const struct digest empty = merkle_root(&f);

	hex_text(empty.bytes, DIGEST_BYTES, hex);
	assert_string_equal(hex,
	                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	for (size_t i = 0; i < sizeof KNOWN / sizeof KNOWN[0]; i++) {
		const struct digest leaf = merkle_leaf("", 0, KNOWN[i].leaf, KNOWN[i].len);
		(void)merkle_append(&f, &leaf, NULL);
		const struct digest root = merkle_root(&f);
		hex_text(root.bytes, DIGEST_BYTES, hex);
		assert_string_equal(hex, KNOWN[i].root);
	}
}

static void the_root_of_any_earlier_size_can_be_made_again(void **state)
{
	(void)state;
	struct digest root;
	for (uint64_t size = 0; size <= LEAVES; size++) {
		assert_true(merkle_root_at(&SOURCE, size, &root));
		assert_true(equal(&root, &TREE.roots[size]));
	}
}

static void every_leaf_is_proven_in_every_tree_that_holds_it_and_nowhere_else(void **state)
{
	(void)state;
	struct merkle_path p;
	for (uint64_t size = 1; size <= LEAVES; size++)
		for (uint64_t i = 0; i < size; i++) {
			const struct digest *leaf = &TREE.complete[0][i];
			assert_true(merkle_inclusion(&SOURCE, i, size, &p));
			assert_true(merkle_inclusion_holds(leaf, i, size, &TREE.roots[size], &p));
			/* one leaf further, another root */
			assert_false(
			    merkle_inclusion_holds(leaf, i + 1, size, &TREE.roots[size], &p));
			assert_false(
			    merkle_inclusion_holds(leaf, i, size, &TREE.roots[size - 1], &p));
		}
}

static void every_tree_is_proven_to_begin_every_later_one(void **state)
{
	(void)state;
	struct merkle_path p;
	for (uint64_t second = 1; second <= LEAVES; second++)
		for (uint64_t first = 1; first <= second; first++) {
			const struct digest *a = &TREE.roots[first], *b = &TREE.roots[second];
			assert_true(merkle_consistency(&SOURCE, first, second, &p));
			assert_true(merkle_consistency_holds(first, a, second, b, &p));
			if (first == second)
				continue;
			assert_false(
			    merkle_consistency_holds(first, &TREE.roots[first - 1], second, b, &p));
			assert_false(merkle_consistency_holds(first, a, second,
			                                      &TREE.roots[second - 1], &p));
		}
}

static void a_proof_with_any_digest_changed_dropped_or_added_does_not_hold(void **state)
{
	(void)state;
	struct merkle_path p, bent;
	const struct digest *leaf = &TREE.complete[0][77], *a = &TREE.roots[77],
			    *b = &TREE.roots[LEAVES];

	assert_true(merkle_inclusion(&SOURCE, 77, LEAVES, &p));
	for (size_t i = 0; i < p.count; i++) {
		bent = p;
		bent.digests[i].bytes[i] ^= 1;
		assert_false(merkle_inclusion_holds(leaf, 77, LEAVES, b, &bent));
	}
	bent = p;
	bent.count--;
	assert_false(merkle_inclusion_holds(leaf, 77, LEAVES, b, &bent));
	bent = p;
	bent.digests[bent.count++] = *leaf;
	assert_false(merkle_inclusion_holds(leaf, 77, LEAVES, b, &bent));

	assert_true(merkle_consistency(&SOURCE, 77, LEAVES, &p));
	for (size_t i = 0; i < p.count; i++) {
		bent = p;
		bent.digests[i].bytes[i] ^= 1;
		assert_false(merkle_consistency_holds(77, a, LEAVES, b, &bent));
	}
	bent = p;
	bent.count--;
	assert_false(merkle_consistency_holds(77, a, LEAVES, b, &bent));
	bent = p;
	bent.digests[bent.count++] = *leaf;
	assert_false(merkle_consistency_holds(77, a, LEAVES, b, &bent));
}

static void nothing_is_proven_about_an_empty_tree_or_beyond_the_end(void **state)
{
	(void)state;
	struct merkle_path none = { 0 };
	const struct digest *leaf = &TREE.complete[0][0];

	assert_false(merkle_inclusion_holds(leaf, 0, 0, &TREE.roots[0], &none));
	assert_false(merkle_inclusion_holds(leaf, 1, 1, &TREE.roots[1], &none));
	assert_false(merkle_consistency_holds(0, &TREE.roots[0], 1, &TREE.roots[1], &none));
	assert_false(merkle_consistency_holds(2, &TREE.roots[2], 1, &TREE.roots[1], &none));
	assert_true(merkle_inclusion_holds(leaf, 0, 1, &TREE.roots[1], &none));
}

static void a_leaf_is_never_a_node(void **state)
{
	(void)state;
	const struct digest *l = &TREE.complete[0][0], *r = &TREE.complete[0][1];
	const struct digest node = merkle_node(l, r);
	const struct digest leaf = merkle_leaf(l->bytes, DIGEST_BYTES, r->bytes, DIGEST_BYTES);
	assert_false(equal(&node, &leaf));
}

static void a_tree_of_a_hundred_million_has_proofs_of_27_digests(void **state)
{
	(void)state;
	/* The length of a path follows from the sizes alone: any digests will do. */
	const struct digest *any = &TREE.roots[1];
	struct merkle_path p = { .count = 27 };
	const uint64_t size = 100000000;
	struct digest root = *any;

	for (size_t i = 0; i < p.count; i++) {
		p.digests[i] = *any;
		root = merkle_node(&root, any);
	}
	assert_true(merkle_inclusion_holds(any, 0, size, &root, &p));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(roots_are_those_of_certificate_transparency),
		cmocka_unit_test(the_root_of_any_earlier_size_can_be_made_again),
		cmocka_unit_test(every_leaf_is_proven_in_every_tree_that_holds_it_and_nowhere_else),
		cmocka_unit_test(every_tree_is_proven_to_begin_every_later_one),
		cmocka_unit_test(a_proof_with_any_digest_changed_dropped_or_added_does_not_hold),
		cmocka_unit_test(nothing_is_proven_about_an_empty_tree_or_beyond_the_end),
		cmocka_unit_test(a_leaf_is_never_a_node),
		cmocka_unit_test(a_tree_of_a_hundred_million_has_proofs_of_27_digests),
	};
	return cmocka_run_group_tests_name("merkle", tests, grow, NULL);
}
