/* qr.c - a QR code as SVG: one path of horizontal runs, for what totp.h promises. */
#include "platform/crypto/totp.h"

#include <errno.h>

#include <qrencode.h>

enum { QUIET_MODULES = 4 };

static bool is_dark(const QRcode *qr, int x, int y)
{
	return (qr->data[y * qr->width + x] & 1) != 0;
}

static void put_runs(const QRcode *qr, struct out *o)
{
	for (int y = 0; y < qr->width; y++) {
		for (int x = 0; x < qr->width; x++) {
			if (!is_dark(qr, x, y))
				continue;
			const int from = x;
			while (x + 1 < qr->width && is_dark(qr, x + 1, y))
				x++;
			const int run = x - from + 1;
			out_fmt(o, "M%d %dh%dv1h-%dz", from + QUIET_MODULES, y + QUIET_MODULES, run,
			        run);
		}
	}
}

static void free_code(QRcode **qr)
{
	QRcode_free(*qr);
}

enum status qr_svg(const char *text, const char *title, struct out *ret, struct error *reterr)
{
	AUTO(free_code) QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

	if (qr == NULL && errno == ERANGE)
		return FAIL(reterr, ERR_LIMIT, "Deze tekst past niet in een QR-code.");
	if (qr == NULL) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "qrencode: errno %d", errno);
	}
	const int side = qr->width + 2 * QUIET_MODULES;
	out_fmt(ret,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
	        "shape-rendering=\"crispEdges\"><title>",
	        side, side);
	out_html(ret, title);
	out_fmt(ret, "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"",
	        side, side);
	put_runs(qr, ret);
	OUT_LIT(ret, "\"/></svg>");
	return out_end(ret, reterr);
}
