package io.bezoar.crawl;

import io.bezoar.ledger.merkle.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Views in the order of their addresses, each address at one moment once.
///
/// @param views in [View#ORDER]
/// @param digest of the file's lines after the first
public record Snapshot(List<View> views, Digest digest) {
    public Snapshot {
        views = List.copyOf(views);
    }

    /// A snapshot of views in any order; equal ones count once.
    public static Snapshot of(List<View> views) {
        List<View> sorted = new ArrayList<>(views);
        sorted.sort(View.ORDER);
        List<View> once = new ArrayList<>(sorted.size());
        for (View view : sorted) {
            if (once.isEmpty() || View.ORDER.compare(once.getLast(), view) != 0) {
                once.add(view);
            }
        }
        return new Snapshot(once, SnapshotFile.digest(once));
    }

    /// By address all views, the first one first.
    Map<String, List<View>> byAddress() {
        Map<String, List<View>> all = new HashMap<>();
        views.forEach(view -> all.computeIfAbsent(view.address().text(), _ -> new ArrayList<>(1))
                .add(view));
        return all;
    }

    /// By address the view that was last.
    Map<String, View> last() {
        Map<String, View> all = new HashMap<>();
        views.forEach(view -> all.put(view.address().text(), view));
        return all;
    }
}
