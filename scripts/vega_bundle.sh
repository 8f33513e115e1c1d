#!/bin/sh
# Makes budgetdata/embeds/static/vega.js again: the parts of Vega that an embed needs, with the interpreter that needs no eval.
# Needs node and npm; run it only to take a newer Vega. The result is committed, so that nothing else needs node.
set -eu
cd "$(dirname "$0")/.."
out="$PWD/budgetdata/embeds/static/vega.js"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent vega@6.4.0 vega-interpreter@2.3.2 esbuild@0.28.2
cat >entry.js <<'JS'
import { transforms } from 'vega-dataflow';
import * as tx from 'vega-transforms';
import * as vtx from 'vega-view-transforms';
import * as encode from 'vega-encode';
import { View } from 'vega-view';
import { parse } from 'vega-parser';
import { Error } from 'vega-util';
import { expressionInterpreter } from 'vega-interpreter';
const { collect, filter, formula, relay, sieve, values, extent, proxy, load, params, prefacet, facet, subflow, tupleindex, multiextent, multivalues, stack, aggregate, compare, field, key } = tx;
const { bound, mark, render, viewlayout, overlap } = vtx;
const { axisticks, datajoin, legendentries, scale, sortitems } = encode;
Object.assign(transforms, { collect, filter, formula, relay, sieve, values, extent, proxy, load, params, prefacet, facet, subflow, tupleindex, multiextent, multivalues, stack, aggregate, compare, field, key, bound, mark, render, viewlayout, overlap, axisticks, datajoin, encode: encode.encode, legendentries, scale, sortitems });
export { View, parse, Error, expressionInterpreter };
JS
npx esbuild entry.js --bundle --minify --tree-shaking=true --format=iife --global-name=vega --legal-comments=none \
    --banner:js="/* Vega 6.4.0 and vega-interpreter 2.3.2, the parts an embed needs. BSD-3-Clause, (c) 2015-2023 University of Washington Interactive Data Lab. Made by scripts/vega_bundle.sh. */" \
    --outfile="$out"
JS_SIZE=$(wc -c <"$out")
echo "vega_bundle: $out, $JS_SIZE bytes"
