# galley.nvim
#
# A plain `make` builds lua/galley/core.so and needs only a C compiler, pkg-config, the Lua headers
# and static libtree-sitter and libutf8proc. Everything else serves those who work on the plugin.
#
#   make CC=clang       another compiler
#   V=1                 shows the commands
#   VARIANT=asan        what the objects are built for: release, asan, fuzz, debug, coverage
#   GALLEY_DEPS=folder  where fetched programs live (default .deps); may be shared by checkouts
#   GALLEY_NVIM=path    the Neovim of `make demo` (default: the PATH's, if new enough)

VERSION := $(shell sed -n 's/^return "\(.*\)"$$/\1/p' lua/galley/version.lua)
CORE_SO := lua/galley/core.so
PARSER_SO := parser/article.so

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
.SUFFIXES:

ifeq ($(origin CC),default)
CC := cc
endif
SHELL := /bin/sh
PKG_CONFIG ?= pkg-config
GALLEY_DEPS ?= .deps
export GALLEY_DEPS
VARIANT ?= release
SYSTEM := $(shell uname -s)

## ---- what is built from what -------------------------------------------------------------------

# Sorted, and paths of this folder left out of what the debugger is told: two builds are the same bytes.
CORE_C := $(filter-out plugin/core/lua%.c,$(sort $(wildcard plugin/core/*.c)))
BINDING_C := $(sort $(wildcard plugin/core/lua*.c))
GRAMMAR_C := $(sort $(wildcard grammars/article/src/*.c))
TEST_C := $(wildcard tests/core/*_test.c)
TEST_HELP_C := $(filter-out $(TEST_C) tests/core/probe.c,$(wildcard tests/core/*.c))
FUZZ_C := $(wildcard tests/fuzz/*.c)
BENCH_C := $(wildcard tests/bench/*.c)

OUT := build/$(notdir $(firstword $(CC)))-$(VARIANT)
core_objects := $(patsubst %.c,$(OUT)/%.o,$(CORE_C) $(GRAMMAR_C))
binding_objects := $(patsubst %.c,$(OUT)/%.o,$(BINDING_C))
test_help_objects := $(patsubst %.c,$(OUT)/%.o,$(TEST_HELP_C))
# The grammar once more, as other programs than the core use it.
parser_objects := $(patsubst grammars/article/src/%.c,$(OUT)/parser/%.o,$(GRAMMAR_C))
queries := $(patsubst grammars/article/queries/%,queries/article/%,$(wildcard grammars/article/queries/*.scm))
test_programs := $(patsubst tests/core/%.c,$(OUT)/bin/%,$(TEST_C))

## ---- libraries ---------------------------------------------------------------------------------

# First of the pkg-config names in $(1) that this machine knows.
known = $(firstword $(foreach name,$(1),$(shell $(PKG_CONFIG) --exists $(name) 2>/dev/null && echo $(name))))
# The static library $(2) of pkg-config package $(1); empty when there is none.
archive = $(firstword $(wildcard $(addsuffix /$(2),$(shell $(PKG_CONFIG) --variable=libdir $(1) 2>/dev/null) \
	/usr/lib /usr/local/lib)))

LUA_PACKAGE := $(call known,luajit lua5.1 lua-5.1 lua51)
TREE_SITTER_A ?= $(call archive,tree-sitter,libtree-sitter.a)
UTF8PROC_A ?= $(call archive,libutf8proc,libutf8proc.a)
LUA_CFLAGS ?= $(if $(LUA_PACKAGE),$(shell $(PKG_CONFIG) --cflags $(LUA_PACKAGE)))
LIBRARY_CFLAGS ?= $(shell $(PKG_CONFIG) --cflags tree-sitter libutf8proc 2>/dev/null)
# Asked of pkg-config once, not at each use.
TREE_SITTER_A := $(TREE_SITTER_A)
UTF8PROC_A := $(UTF8PROC_A)
LUA_CFLAGS := $(LUA_CFLAGS)
LIBRARY_CFLAGS := $(LIBRARY_CFLAGS)
archives = $(TREE_SITTER_A) $(UTF8PROC_A)

## ---- flags -------------------------------------------------------------------------------------

WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wpointer-arith -Wcast-qual -Wvla
ifneq ($(filter debug coverage,$(VARIANT)),)
CFLAGS ?= -O0 -g
else
CFLAGS ?= -O2 -g
endif
STANDARD := -std=c11 -fPIC -fvisibility=hidden -Iplugin/core -Igrammars/article/src \
	-fdebug-prefix-map=$(CURDIR)=.
# A plugin's user may have any compiler: there a new warning must not break the build.
STRICT ?=
ifneq ($(STRICT),)
# ISO C promises strings of 4095 bytes; the lexicon's are longer, and every compiler takes them.
WARNINGS += -pedantic -Wno-overlength-strings -Werror
endif

sanitizers := -fsanitize=address,undefined,float-cast-overflow \
	-fno-sanitize-recover=undefined,float-cast-overflow -fno-omit-frame-pointer
ifeq ($(VARIANT),asan)
STANDARD += $(sanitizers)
else ifeq ($(VARIANT),fuzz)
STANDARD += $(sanitizers) -fsanitize=fuzzer-no-link
else ifeq ($(VARIANT),coverage)
STANDARD += --coverage
endif

compiler := $(shell $(CC) --version 2>/dev/null | sed -n '1s/["\\]//g;1p')
# Of a pkg-config package $(1), Debian's package $(2): Debian 12 has other numbers in its .pc files.
version_of = $(shell dpkg-query -W -f '$${Version}' $(2) 2>/dev/null || $(PKG_CONFIG) --modversion $(1) 2>/dev/null)
grammar_abi = $(shell sed -n 's/^\#define LANGUAGE_VERSION //p' grammars/article/src/parser.c)
build_text = $(compiler); $(CFLAGS); tree-sitter $(call version_of,tree-sitter,libtree-sitter-dev), \
	utf8proc $(call version_of,libutf8proc,libutf8proc-dev), headers of $(LUA_PACKAGE), grammar of ABI $(grammar_abi)

# The module finds Lua in the program that loads it, and shows it luaopen_* alone: Neovim carries
# its own tree-sitter and utf8proc, and a mix of two copies corrupts memory.
ifeq ($(SYSTEM),Darwin)
MODULE_LDFLAGS := -bundle -undefined dynamic_lookup -Wl,-exported_symbol,_luaopen_galley_core
PARSER_LDFLAGS := -bundle -Wl,-exported_symbol,_tree_sitter_article
module_archives = $(foreach library,$(archives),-Wl,-load_hidden,$(library))
else
MODULE_LDFLAGS := -shared -Wl,--version-script=plugin/core/core.map -Wl,--exclude-libs,ALL -Wl,-z,now
PARSER_LDFLAGS := -shared -Wl,--version-script=grammars/article/parser.map -Wl,--exclude-libs,ALL -Wl,-z,now
module_archives = $(archives)
endif

## ---- build -------------------------------------------------------------------------------------

.PHONY: build
build: $(CORE_SO) ## Build lua/galley/core.so (the default; all that a user of the plugin needs)

# Written beside its place and renamed: to overwrite a library that an editor has loaded kills it.
$(CORE_SO): $(core_objects) $(binding_objects) plugin/core/core.map $(OUT)/command | libraries
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) $(MODULE_LDFLAGS) -o lua/galley/.core.so.$$$$ \
		$(core_objects) $(binding_objects) $(module_archives) -lm -pthread && \
		mv -f lua/galley/.core.so.$$$$ $@ || { rm -f lua/galley/.core.so.$$$$; exit 1; }

$(binding_objects): private EXTRA = $(LUA_CFLAGS) -DGALLEY_VERSION='"$(VERSION)"' \
	-DGALLEY_BUILD='"$(strip $(build_text))"'
# Linked in with .incbin, which the dependency files do not show.
$(OUT)/plugin/core/gazetteer.o: plugin/core/gazetteer.bin
$(OUT)/plugin/core/entity_model.o: plugin/core/entity_model.bin
# Its memory is tree-sitter's: see syntax_memory.h.
$(OUT)/grammars/article/src/scanner.o $(OUT)/tests/core/grammar_fine.o: private EXTRA = -DTREE_SITTER_REUSE_ALLOCATOR
# The core reads words itself: scan_runs in scan_inline.h says what this leaves out.
$(OUT)/grammars/article/src/scanner.o: private EXTRA += -DGALLEY_ARTICLE_COARSE
# Generated by tree-sitter: not ours to style.
$(OUT)/grammars/article/src/parser.o $(OUT)/parser/parser.o: private WARNINGS := -Wno-unused

# V=1 shows the commands.
say = $(if $(V),,@echo '  $(1)  $@';)

compile = $(call say,cc) $(CC) $(STANDARD) $(CFLAGS) $(WARNINGS) $(LIBRARY_CFLAGS) $(EXTRA) -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.c $(OUT)/command | libraries
	@mkdir -p $(@D)
	$(compile)

$(OUT)/parser/%.o: grammars/article/src/%.c $(OUT)/command
	@mkdir -p $(@D)
	$(compile)

# Neovim finds parser/article.so and queries/article/ by their places in the plugin's folder, when
# somebody asks for the language; nothing has to be registered.
.PHONY: parser
parser: $(PARSER_SO) $(queries) ## Build parser/article.so: the grammar for Neovim's own tree-sitter

$(PARSER_SO): $(parser_objects) grammars/article/parser.map $(OUT)/command
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) $(PARSER_LDFLAGS) -o parser/.article.so.$$$$ \
		$(parser_objects) && mv -f parser/.article.so.$$$$ $@ || { rm -f parser/.article.so.$$$$; exit 1; }

queries/article/%.scm: grammars/article/queries/%.scm
	@mkdir -p $(@D)
	@cp $< $@

## ---- installation ------------------------------------------------------------------------------

PREFIX ?= $(HOME)/.local
# Where Neovim finds packages of its own accord: 'packpath' holds PREFIX/share/nvim/site for the
# prefixes ~/.local, /usr/local and /usr.
PACK := $(DESTDIR)$(PREFIX)/share/nvim/site/pack/galley/start/galley.nvim
installed = plugin/galley.lua doc/galley.txt bin/galley LICENSE NOTICE $(shell find lua -name '*.lua')

.PHONY: install
install: build ## Install as a package of Neovim's under PREFIX (default ~/.local; DESTDIR is heeded)
	@if [ -e '$(PACK)/Makefile' ]; then echo '$(PACK) is a clone: run make there' >&2; exit 1; fi
	@rm -rf '$(PACK)' && mkdir -p '$(PACK)'
	@tar cf - $(installed) $(CORE_SO) $(wildcard $(PARSER_SO) queries/article/*.scm) | (cd '$(PACK)' && tar xf -)
	@echo 'installed in $(PACK)'

.PHONY: uninstall
uninstall: ## Take away what `make install` brought
	@if [ -e '$(PACK)/Makefile' ]; then echo '$(PACK) is a clone: remove it yourself' >&2; exit 1; fi
	rm -rf '$(PACK)'

# What LuaRocks runs: ROCK is the rock's own folder, LUADIR and LIBDIR those of its modules.
.PHONY: install-rock
install-rock: build
	@mkdir -p '$(LUADIR)' '$(LIBDIR)/galley' '$(ROCK)'
	@cd lua && tar cf - $$(find galley -name '*.lua') | (cd '$(LUADIR)' && tar xf -)
	@cp $(CORE_SO) '$(LIBDIR)/galley/core.so'
	@tar cf - plugin/galley.lua doc/galley.txt | (cd '$(ROCK)' && tar xf -)

# Changes when the command that makes the objects does, so that they are made anew.
command_text := $(CC) $(compiler) $(STANDARD) $(CFLAGS) $(WARNINGS) $(LIBRARY_CFLAGS) $(LUA_CFLAGS) $(archives)
.PHONY: force
$(OUT)/command: force
	@mkdir -p $(@D)
	@echo '$(command_text)' | cmp -s - $@ || echo '$(command_text)' >$@

# Says what is missing, and the one command that brings it.
.PHONY: libraries
libraries:
ifeq ($(and $(LUA_PACKAGE)$(LUA_CFLAGS),$(TREE_SITTER_A),$(UTF8PROC_A),$(compiler)),)
	@CC='$(CC)' PKG_CONFIG='$(PKG_CONFIG)' TREE_SITTER_A='$(TREE_SITTER_A)' UTF8PROC_A='$(UTF8PROC_A)' \
		LUA_PACKAGE='$(LUA_PACKAGE)$(LUA_CFLAGS)' sh tests/setup.sh missing
endif

-include $(patsubst %.o,%.d,$(core_objects) $(binding_objects) $(parser_objects)) $(patsubst %.c,$(OUT)/%.d,$(wildcard tests/*/*.c))

.PHONY: setup
setup: ## Bring all that the demo and the tests need (nothing to do: no time spent)
	@sh tests/setup.sh test

.PHONY: setup-lint setup-sanitize setup-fuzz setup-builds
setup-lint setup-sanitize setup-fuzz setup-builds:
	@sh tests/setup.sh $(@:setup-%=%)

# The articles are not in this repository; plugin/core/train/README says what they are.
TRAIN_C := $(wildcard plugin/core/train/*.c)
$(OUT)/bin/train: $(patsubst %.c,$(OUT)/%.o,$(TRAIN_C)) $(core_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread
-include $(patsubst %.c,$(OUT)/%.d,$(TRAIN_C))

.PHONY: train
train: $(OUT)/bin/train ## Learn the tagger's weights from the marked-up articles in DATA=folder
	sh plugin/core/train/train.sh $(OUT)/bin/train $(DATA) plugin/core/entity_model.bin

.PHONY: lexicon
lexicon: ## Make the lexicon's tables from plugin/core/words/*.txt
	luajit plugin/core/words/generate

.PHONY: grammar
grammar: ## Make the parser (ABI 14) from grammars/article/grammar.js
	cd grammars/article && $(abspath $(GALLEY_DEPS))/bin/tree-sitter generate --abi 14

## ---- tests -------------------------------------------------------------------------------------

# Our own programs: any warning is an error there.
$(OUT)/tests/%.o: private WARNINGS += -Werror
$(OUT)/tests/%.o: private EXTRA = -Itests/core -Itests/fuzz
$(OUT)/tests/fuzz/target_binding.o $(OUT)/tests/fuzz/neovim.o: private EXTRA += $(LUA_CFLAGS)
$(OUT)/tests/core/syntax_fine.o $(OUT)/tests/core/grammar_fine.o: private WARNINGS += -Wno-unused -Wno-missing-prototypes

$(test_programs) $(OUT)/bin/probe: $(OUT)/bin/%: $(OUT)/tests/core/%.o $(test_help_objects) $(core_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread

$(OUT)/bin/fuzz: $(patsubst %.c,$(OUT)/%.o,$(filter-out tests/fuzz/target_% %/neovim.c %/replay.c,$(FUZZ_C)))
$(OUT)/bin/fuzz: $(test_help_objects) $(core_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread

# Targets of libFuzzer, and the same as programs that run over files. The binding's has a Lua whose
# every allocation is malloc's, for a sanitizer to see.
FUZZ_TARGETS := core search binding
target_objects := $(patsubst %.c,$(OUT)/%.o,tests/fuzz/check.c tests/fuzz/search.c) \
	$(test_help_objects) $(core_objects)
$(OUT)/bin/target_binding: $(binding_objects)
$(OUT)/bin/target_binding: private LUA_A = $(call archive,lua5.1,liblua5.1.a) -ldl

$(FUZZ_TARGETS:%=$(OUT)/bin/target_%): $(OUT)/bin/%: $(OUT)/tests/fuzz/%.o $(target_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) -fsanitize=fuzzer $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LUA_A) $(archives) -lm -pthread

$(OUT)/bin/replay_core $(OUT)/bin/replay_search: $(OUT)/bin/replay_%: $(OUT)/tests/fuzz/target_%.o \
		$(OUT)/tests/fuzz/replay.o $(target_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread

# For the readers in Lua: libFuzzer as a module of Neovim.
fuzzer_a = $(shell $(CC) -print-file-name=libclang_rt.fuzzer_no_main-$(shell uname -m).a)
$(OUT)/bin/neovim_fuzz.so: $(OUT)/tests/fuzz/neovim.o
	@mkdir -p $(@D)
	$(call say,ld) $(CC) -shared -o $@ $< $(fuzzer_a) -lstdc++ -lm -lpthread
# Its own counters are those of Lua's lines; nothing of a sanitizer is in Neovim.
$(OUT)/tests/fuzz/neovim.o: private STANDARD := -std=c11 -fPIC -fvisibility=hidden

# The core with its allocations renamed: see tests/memory/allocation.h.
$(OUT)/tests/memory/core.o: $(core_objects)
$(OUT)/tests/memory/lua.o: $(binding_objects)
$(OUT)/tests/memory/core.o $(OUT)/tests/memory/lua.o:
	@mkdir -p $(@D)
	$(call say,ld) $(LD) -r -o $@ $^
	@objcopy $(foreach name,malloc calloc realloc free,--redefine-sym $(name)=memory_$(name)) $@
memory_objects := $(OUT)/tests/memory/allocation.o $(OUT)/tests/memory/core.o
$(patsubst %.c,$(OUT)/%.o,tests/memory/binding.c tests/memory/module.c): private EXTRA = -Itests/core $(LUA_CFLAGS)

$(OUT)/bin/memory_test: $(OUT)/tests/memory/memory.o $(OUT)/tests/fuzz/check.o $(test_help_objects) $(memory_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread

$(OUT)/bin/memory_binding_test: $(OUT)/tests/memory/binding.o $(OUT)/tests/core/test.o $(OUT)/tests/memory/lua.o $(memory_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) \
		$$($(PKG_CONFIG) --libs $(LUA_PACKAGE)) -lm

memory_tests := $(OUT)/bin/memory_test $(OUT)/bin/memory_binding_test $(OUT)/tests/memory/core.so

# The module with these allocations, for tests/lua/memory_spec.lua.
$(OUT)/tests/memory/core.so: $(OUT)/tests/memory/module.o $(OUT)/tests/memory/lua.o $(memory_objects) plugin/core/core.map
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) $(MODULE_LDFLAGS) -o $@ \
		$(filter %.o,$^) $(module_archives) -lm -pthread

$(OUT)/bin/bench: $(patsubst %.c,$(OUT)/%.o,$(BENCH_C)) $(core_objects)
	@mkdir -p $(@D)
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(archives) -lm -pthread

.PHONY: bench
bench: setup ## Time the core and the editor on up to 10 MB of prose (DATA=folder: on its *.jsonl too)
	@$(MAKE) --no-print-directory build $(OUT)/bin/bench >/dev/null
	@sh tests/bench/bench.sh $(OUT)/bin/bench $(DATA)

.PHONY: bench-peers
bench-peers: build ## Set speed and memory beside other annotators, from npm (DATA=folder: and scores)
	@sh tests/setup.sh peers
	@$(MAKE) --no-print-directory $(OUT)/bin/bench >/dev/null
	@sh tests/bench/peers.sh $(OUT)/bin/bench $(DATA)

.PHONY: test-programs
test-programs: $(test_programs) $(if $(filter Linux,$(SYSTEM)),$(memory_tests)) $(OUT)/bin/probe $(OUT)/bin/fuzz \
	$(OUT)/bin/replay_core $(OUT)/bin/replay_search

# For tests/builds.sh: what is quick to link, and what can be compiled where nothing can be linked.
.PHONY: unit-programs module-objects
unit-programs: $(test_programs) $(OUT)/bin/probe
module-objects: $(core_objects) $(binding_objects)

.PHONY: test
test: setup ## Run every test, in every Neovim of the matrix (ONLY=pattern: suites by name)
	@$(MAKE) --no-print-directory build parser test-programs
	@OUT='$(OUT)' sh tests/run.sh $(ONLY)

.PHONY: mutants
mutants: setup ## Break the code in 40 small ways and show which the tests catch
	@$(MAKE) --no-print-directory build parser test-programs >/dev/null
	@luajit tests/mutation/mutate.lua $(or $(LIST),core) $(ONLY)

# Counts lines of Lua: see tests/coverage/lines.c.
$(OUT)/tests/coverage/lines.o: private EXTRA = $(LUA_CFLAGS)
$(OUT)/tests/coverage/lines.so: $(OUT)/tests/coverage/lines.o
	$(call say,ld) $(CC) $(STANDARD) $(CFLAGS) $(LDFLAGS) -shared -o $@ $^

.PHONY: coverage
coverage: setup ## Print the share of lines that the tests run (SHOW=--missing: and the others)
	@sh tests/coverage/coverage.sh $(SHOW) $(ONLY)

.PHONY: probe
probe: ## Show what is found in the probe file FILE=tests/probe/date.txt
	@$(MAKE) --no-print-directory $(OUT)/bin/probe >/dev/null
	@$(OUT)/bin/probe -p $(FILE)

.PHONY: demo
demo: ## Open an article of examples/ annotated in Neovim (FILE=path: that one)
	@sh tests/setup.sh demo
	@$(MAKE) --no-print-directory build >/dev/null
	@sh tests/demo.sh $(FILE)

.PHONY: doc
doc: build ## Make doc/galley.txt from tests/doc/galley.txt and the tables in the code
	@nvim=$$(ls -d $(or $(GALLEY_NVIM),$(GALLEY_DEPS)/nvim-*/bin/nvim) | tail -n 1) && \
		"$$nvim" --clean -l tests/doc/generate.lua

.PHONY: screenshot
screenshot: setup ## Make the pictures in doc/ from a terminal session
	@$(MAKE) --no-print-directory build >/dev/null
	@sh tests/tools/screenshot.sh

.PHONY: eval
eval: build ## Score annotations against the gold files of DATA=folder (SHOW="--errors 20": details)
	@sh tests/eval/eval.sh $(DATA) $(SHOW)

.PHONY: doc-check
doc-check: build
	@nvim=$$(ls -d $(or $(GALLEY_NVIM),$(GALLEY_DEPS)/nvim-*/bin/nvim) | tail -n 1) && \
		"$$nvim" --clean -l tests/doc/generate.lua --check

# ---- checks --------------------------------------------------------------------------------------

.PHONY: objects
objects: $(core_objects) $(binding_objects) $(patsubst %.c,$(OUT)/%.o,$(TEST_C) $(TEST_HELP_C) \
	tests/core/probe.c $(FUZZ_C) $(BENCH_C) $(TRAIN_C))

.PHONY: lint
lint: setup-lint ## Check warnings, analyzers, style, symbols and generated files (ONLY=pattern)
	@$(MAKE) --no-print-directory build parser
	@sh tests/lint.sh $(ONLY)

# Under AddressSanitizer and UndefinedBehaviorSanitizer the C suites take many times as long, so the
# random ones try fewer things there.
.PHONY: sanitize
sanitize: setup-sanitize ## Run the C tests, probes and random tests under sanitizers
	@$(MAKE) --no-print-directory CC=clang VARIANT=asan test-programs
	@CORE_ONLY=1 FUZZ_SCALE=25 OUT=build/clang-asan ASAN_OPTIONS=hard_rss_limit_mb=3000 \
		UBSAN_OPTIONS=print_stacktrace=1 sh tests/run.sh $(ONLY)

.PHONY: valgrind
valgrind: setup-sanitize ## Run the tests of the binding in LuaJIT under valgrind
	@$(MAKE) --no-print-directory build
	@sh tests/binding/valgrind.sh

.PHONY: builds
builds: setup-builds ## Build with other compilers, levels, libraries and processors, and test each (ONLY=pattern)
	@sh tests/builds.sh $(ONLY)

TIME ?= 60
.PHONY: fuzz
fuzz: setup-fuzz ## Run each fuzz target for TIME seconds (60; ONLY=pattern: targets by name)
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory CC=clang VARIANT=fuzz LUA_PACKAGE=lua5.1 fuzz-programs
	@sh tests/fuzz/fuzz.sh build/clang-fuzz/bin $(TIME) $(ONLY)

.PHONY: fuzz-corpus
fuzz-corpus: setup-fuzz ## Take what the fuzzer found into tests/fuzz/corpus (ONLY=pattern)
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory CC=clang VARIANT=fuzz LUA_PACKAGE=lua5.1 fuzz-programs
	@sh tests/fuzz/fuzz.sh build/clang-fuzz/bin merge $(ONLY)

.PHONY: fuzz-programs
fuzz-programs: $(FUZZ_TARGETS:%=$(OUT)/bin/target_%) $(OUT)/bin/neovim_fuzz.so

MINUTES ?= 60
SEED ?= 1
.PHONY: soak
soak: setup ## Use the plugin at random for MINUTES (60) on 200 KB, with audits (SEED=1)
	@$(MAKE) --no-print-directory build >/dev/null
	@nvim=$$(ls -d $(or $(GALLEY_NVIM),$(GALLEY_DEPS)/nvim-*/bin/nvim) | tail -n 1) && \
		WORK=$$(($(MINUTES) * 60 + 900)) SCRIPT=tests/soak/long.lua sh tests/nvim.sh "$$nvim" $(MINUTES) $(SEED)

.PHONY: format
format: ## Bring C and Lua into the house's format
	@git ls-files -- 'plugin/*.[ch]' 'tests/*.[ch]' 'grammars/article/src/sc*.[ch]' | xargs clang-format -i
	@$(GALLEY_DEPS)/bin/stylua --respect-ignores -- plugin lua tests

.PHONY: clean
clean: ## Remove what the build made; fetched programs stay
	rm -rf build $(CORE_SO) lua/galley/.core.so.* parser queries

.PHONY: help
help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile
