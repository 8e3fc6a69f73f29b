/// Where rows come from: sources, annotators and windows of time with one label too often, and sources that make a
/// model worse.
@NullMarked
package io.bezoar.detect.origins;

import org.jspecify.annotations.NullMarked;
