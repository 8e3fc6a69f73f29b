/// What a person or a machine reads after a scan: the page, the files, the closing lines. All text of the data set is
/// hostile here and reaches no output but through [io.bezoar.app.report.SafeText] or an escaping JSON writer.
@NullMarked
package io.bezoar.app.report;

import org.jspecify.annotations.NullMarked;
