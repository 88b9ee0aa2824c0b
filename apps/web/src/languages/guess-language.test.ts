import { expect, test } from "vitest";
import { guessFromContent } from "./guess-language";

test.each([
  ["#!/bin/sh\necho hello", "Shell"],
  ["#!/usr/bin/env python3.12\nprint()", "Python"],
  ["#!/usr/bin/env -S NODE_ENV=test node --no-warnings\n", "JavaScript"],
  ["#! /usr/bin/perl -w\n", "Perl"],
  ["\ufeff<!DOCTYPE html>\n<title>", "HTML"],
  ['<?xml version="1.0"?>', "XML"],
  ["<?php echo 1;", "PHP"],
  ['{\n  "name": "x"', "JSON"],
  ['[{"a": 1}]', "JSON"],
  ["\\documentclass{article}", "LaTeX"],
  ["diff --git a/x b/x\n", "diff"],
  ["package main\n\nimport", "Go"],
  ["#include <stdio.h>", "C++"],
  ["#![allow(dead_code)]", "Rust"],
])("takes %j for %s", (head, language) => {
  expect(guessFromContent(head)).toBe(language);
});

test.each([
  "",
  "# A heading",
  "#!shebangless enthusiasm",
  "[a link](https://example.org)",
  "[ ] a task",
  "[1] a footnote",
  "{curly} words",
  "package deals are cheap\n",
  "--- \nfront: matter",
  "<em>so</em> it begins",
])("guesses nothing from %j", (head) => {
  expect(guessFromContent(head)).toBeUndefined();
});
