#!/bin/sh
# Installs the browser, the letters of its languages, the database server and the readers of PDFs,
# QR codes and lists that some tests need, where this machine lets us.
# Where it does not, those tests say that they are skipped, and why.
missing=
command -v chromium >/dev/null || missing="$missing chromium"
command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
	missing="$missing postgresql"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
command -v zbarimg >/dev/null || missing="$missing zbar-tools"
# What reads our lists for a filter.
command -v named-checkzone >/dev/null || missing="$missing bind9-utils"
[ -x /usr/sbin/squid ] || missing="$missing squid"
# Arabic, Urdu and Bengali are looked at in the pictures of pages.
ls /usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf >/dev/null 2>&1 ||
	missing="$missing fonts-noto-core"
[ -n "$missing" ] || exit 0
command -v apt-get >/dev/null || exit 0
if [ "$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2>/dev/null; then as_root="sudo -n"; else exit 0; fi
echo "Installing$missing for the tests."
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update --quiet=2 || true
# shellcheck disable=SC2086 # two words are two packages
$as_root apt-get install --yes --quiet=2 --no-install-recommends $missing >/dev/null ||
	echo "Could not install$missing: the tests that need it are skipped."
