#!/bin/sh
# The browser tests drive the system's own Chromium. Where it is missing and the system's packages can bring it,
# bring it; else say so and go on: those tests then skip themselves with the same words.
set -u
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No Chromium here: the browser tests will be skipped. Install it (Debian: apt-get install chromium) to run them."
