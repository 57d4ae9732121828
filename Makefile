# Commands, on a fresh machine too; each installs what it misses.

# An empty one is none.
override FLAVOUR := $(or $(FLAVOUR),standard)
override PORT := $(or $(PORT),8080)
override SERVER := $(or $(SERVER),http://127.0.0.1:8080)

help: ## List the commands
	@sed -nE 's/^##@ (.*)/\n\1/p; s/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile

##@ Use

# A first build is quicker without cgo, and when the compiler may use memory.
run: export CGO_ENABLED = 0
run: export GOGC = 400
run: ## Serve the example pages on 127.0.0.1:8080 and localhost:8081 (PORT=…, FLAVOUR=tinygo, TRAQ=https://… CLIENT_ID=… for a real server, HOSTS=… as a tunnel calls it)
	@go build -ldflags="-s -w" -o build/bin/ ./js/bundle ./example
	@build/bin/bundle -flavour $(FLAVOUR) -out build/$(FLAVOUR)
	@build/bin/example -pkg build/$(FLAVOUR) -port $(PORT) $(if $(TRAQ),-traq "$$TRAQ" $(if $(CLIENT_ID),-client-id "$$CLIENT_ID")) $(if $(HOSTS),-hosts "$$HOSTS")

# The shipped flavour needs npm's wasm-opt; the standard one needs Go alone.
ifeq ($(FLAVOUR),tinygo)
run: js/node_modules/.installed
endif

build: js/dist/build-info.json ## Make the npm package in js/dist, and print what a page loads of it
	@cp LICENSE js/ && node tools/npm-readme.mjs README.md js/README.md
	@node tools/size.mjs js/dist

# The files below these, and the folders, since a folder changes with each file that comes or goes.
sources = $(shell find $1 ! -name '*_test.go' ! -path '*/testdata/*')
module_sources := $(call sources,authcore wasm js/bundle go.mod $(addprefix tools/,go.mod go.sum tinygo.sh wasm-opt.sh order-functions.mjs wasm-functions.mjs))
package_sources := $(call sources,js/src js/package.json js/tsconfig.json $(addprefix tools/,minify.mjs eager.mjs places.mjs))

# The modules take longest. Those with the hook of wasm/crash_hook.go are for tests.
build/modules/%/compiler.json: $(module_sources) js/node_modules/.installed
	@rm -rf $(@D)
	@go run ./js/bundle -flavour $(notdir $*) $(if $(filter crash/%,$*),-tags crash) -compile -out $(@D)
.PRECIOUS: build/modules/%/compiler.json

# One that needs TinyGo at a time: the first may build TinyGo itself.
build/modules/crash/tinygo/compiler.json: | build/modules/tinygo/compiler.json

js/dist/build-info.json: build/modules/tinygo/compiler.json $(package_sources)
	@rm -rf js/dist
	@go run ./js/bundle -flavour tinygo -modules $(<D) -out js/dist
	@cd js && npx tsc -p tsconfig.json
	@node tools/places.mjs js

# What tests and measures take beside it: the other flavour, and both with the hook.
flavours: build/standard/build-info.json build/crash/standard/build-info.json build/crash/tinygo/build-info.json

build/%/build-info.json: build/modules/%/compiler.json $(package_sources)
	@rm -rf $(@D)
	@go run ./js/bundle -flavour $(notdir $*) -modules $(<D) -out $(@D)

docs: js/node_modules/.installed ## Write the site of the guides and the API in build/docs, with llms.txt, and check it
	@rm -rf build/docs
	@cd js && npx typedoc --logLevel Warn
	@node tools/llms.mjs build/docs
	@cd js && CHROMIUM=$$(../tools/chromium.sh) npx tsx test/docs/site.ts ../build/docs

testing: js/testing/dist/index.d.ts ## Make the npm package traq-auth-testing in js/testing/dist, and print its size
	@cp LICENSE js/testing/
	@node tools/testing.mjs size

js/testing/dist/index.d.ts: $(call sources,authcore internal js/testing/src js/testing/wasm js/bundle tools/testing.mjs go.mod js/testing/package.json js/testing/tsconfig.json) js/node_modules/.installed
	@rm -rf js/testing/dist
	@go run ./js/bundle -testing -out js/testing/dist
	@cd js && npx tsc -p testing/tsconfig.json
	@node tools/testing.mjs types
	@touch $@

extension: build ## Make the browser extension for SERVER=http://127.0.0.1:8080, in build/extension (CLIENT_ID=… to sign in by OAuth2, without host permission)
	@node tools/extension.mjs "$(SERVER)" build/extension "$(CLIENT_ID)"

##@ Develop

test: ## Test everything: lint, native, in the browser, end to end (SUITES="native hostile" for some)
	@node tools/test/main.mjs $(SUITES)

check: ## Test what needs no browser: lint, native, the client's units; what Go knows to pass is not run again
	@CACHED=1 node tools/test/main.mjs lint native client

lint: js/node_modules/.installed js/test/environments/node_modules/.installed bench/node_modules/.installed ## Check formats, types and style
	@tools/lint.sh

fmt: js/node_modules/.installed ## Format all sources
	@gofmt -w authcore bench/server example internal js/bundle js/test js/testing wasm
	@cd js && npx prettier --config .prettierrc.json --log-level warn --write . ../.github ../bench ../example ../tools

fuzz: ## Fuzz each target of the Go packages (FUZZTIME=30s)
	@tools/fuzz.sh

mutants: ## Break the core's rules, one at a time; the tests must notice
	@go run ./authcore/internal/mutants

hostile: ## Play what a hostile server answers in a browser, after "make build" (HOSTILE='^json' for some, ENGINE=firefox)
	@go build -o build/hostile-server ./js/test/hostile/server
	@cd js && CHROMIUM=$$(../tools/chromium.sh) FIREFOX=$$(../tools/firefox.sh) WEBKIT=$$(../tools/webkit.sh) node --import tsx --test test/hostile/*.test.ts

places: build ## Install the package into frameworks and sign in there; takes minutes (PLACES="next nuxt" for some)
	@go build -o build/e2e-server ./js/test/e2e/server
	@tools/web-servers.sh
	@cd js && CHROMIUM=$$(../tools/chromium.sh) ENGINE=chromium node --import tsx --test test/places/*.test.ts

clean: ## Remove what was made
	rm -rf build js/dist js/testing/dist js/inline js/messages js/oauth2 js/slim js/*.wasm js/node_modules js/test/environments/node_modules bench/node_modules

##@ Release

# The test reads these from the environment, which may also give them: there a password's $ stays one.
live: ## Test against a traQ server (TRAQ=http://… NAME=… PASSWORD=…)
	@go test -count=1 -v -run '^TestLive$$' ./authcore/authhttp

bench: build build/standard/build-info.json bench/node_modules/.installed ## Measure size and speed against the peers: a table, build/bench.json (QUICK=1)
	@go build -o build/bench-server ./bench/server
	@cd bench && CHROMIUM=$$(../tools/chromium.sh) npx tsx run.ts

soak: build bench/node_modules/.installed ## Make 50,000 calls and 1,000 clients in one page; fails where something is left behind
	@go build -o build/e2e-server ./js/test/e2e/server
	@cd bench && CHROMIUM=$$(../tools/chromium.sh) npx tsx soak.ts

screenshots: build ## Take pictures of the pages' states: build/screenshots, and the README's
	@go build -o build/e2e-server ./js/test/e2e/server && go build -o build/example ./example
	@tools/japanese-font.sh
	@cd js && CHROMIUM=$$(../tools/chromium.sh) npx tsx test/e2e/screenshots.ts
	@cp build/screenshots/signed-in.png example/page.png

%/node_modules/.installed: %/package-lock.json
	@cd $* && npm ci --loglevel error
	@touch $@

.DELETE_ON_ERROR:
.PHONY: help run build flavours docs testing extension test check live lint fmt screenshots hostile fuzz mutants places bench soak clean
