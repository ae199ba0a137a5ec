/* match_commands.h - the words of `plein match`, each a function of its options */
#ifndef CLI_MATCH_COMMANDS_H
#define CLI_MATCH_COMMANDS_H

#include "cli/match_options.h"

enum status match_dedupe(const struct match_options *o, struct error *reterr);
enum status match_explain(const struct match_options *o, struct error *reterr);
enum status match_lookup(const struct match_options *o, struct error *reterr);
enum status match_link(const struct match_options *o, struct error *reterr);
enum status match_bloom(const struct match_options *o, struct error *reterr);
enum status match_model(const struct match_options *o, struct error *reterr);
enum status match_generate(const struct match_options *o, struct error *reterr);

#endif
