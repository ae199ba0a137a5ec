/* assets.h - style, script and icons, compiled in from web/assets by tools/embed-assets */
#ifndef SERVER_ASSETS_H
#define SERVER_ASSETS_H

#include "platform/http/http.h"

extern const struct asset ASSETS[]; /* ends in a row without path */
extern const char ASSETS_VERSION[]; /* changes with any byte of them */

#endif
