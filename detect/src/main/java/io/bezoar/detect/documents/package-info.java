/// Texts by themselves, whatever they teach: documents that agree, spread or lie near everything, and words and
/// stretches that read like nothing around them.
@NullMarked
package io.bezoar.detect.documents;

import org.jspecify.annotations.NullMarked;
