/// What a detector hands back: groups of rows with their target, the places of a trigger in a text, and the shape of a
/// further pass over the data.
@NullMarked
package io.bezoar.detect.groups;

import org.jspecify.annotations.NullMarked;
