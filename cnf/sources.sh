#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints a checksum of every file that the distribution is built from, in a stable order. Maven writes it down
# when it has built everything (launcher/distribution.xml); ./neupims compares, in milliseconds, and sees
# edits, new files, deletions and branch changes alike. Tests are not part of it.
cd "$(dirname "$0")/.." || exit 1
find pom.xml bnd.bnd cnf bundles hw-models schedulers compilers launcher \
  \( -name target -o -path '*/src/test' -o -path bundles/itests -o -name '.*' \) -prune \
  -o -type f ! -name README.md -exec cksum {} + | LC_ALL=C sort -k 3
