// The grammar as it stands: parser and scanner once more under other names. Apart from what reads
// the tree (syntax_fine.c), since the grammar's parser.h and the library's api.h may be of two
// versions.
#include "fine.h"

#include "../../grammars/article/src/parser.c"  // NOLINT(bugprone-suspicious-include)
#include "../../grammars/article/src/scanner.c" // NOLINT(bugprone-suspicious-include)
