/*
 * format.h - the few conversions that nearly every text uses, without the C library's printf
 *
 * A page formats some hundred short texts. The C library's printf sets up a stream for each;
 * this doesn't. Private to platform/core: arena_printf and out_fmt ask here first.
 */
#ifndef PLATFORM_CORE_FORMAT_H
#define PLATFORM_CORE_FORMAT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

enum { FORMAT_SMALL_BYTES = 256 };

/*
 * Writes what vsnprintf would write, with the NUL, when fmt holds nothing but text, %%, %s, %.*s
 * and %d %i %u with no, l, ll or z before it and at most a zero and one digit of width (%02d), and
 * when the whole fits in size bytes. False otherwise: to holds nothing of use then.
 */
bool format_small(char *to, size_t size, size_t *ret_len, const char *fmt, va_list ap)
    __attribute__((format(printf, 4, 0)));

#endif
