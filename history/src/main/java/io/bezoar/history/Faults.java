package io.bezoar.history;

import java.sql.SQLException;
import java.util.Locale;

/// Turns what a database says into one sentence.
final class Faults {
    private final String place;

    Faults(Place place) {
        this.place = place.shown();
    }

    HistoryFault of(SQLException problem) {
        return fault(kind(problem));
    }

    private static HistoryFault.Kind kind(SQLException problem) {
        String state = String.valueOf(problem.getSQLState());
        String message = String.valueOf(problem.getMessage()).toLowerCase(Locale.ROOT);
        boolean sqlite = problem.getClass().getName().startsWith("org.sqlite");
        int code = problem.getErrorCode() & 0xff; // SQLite's extended codes keep the plain one in the lowest byte
        if (sqlite && (code == 5 || code == 6) || state.equals("55P03")) {
            return HistoryFault.Kind.LOCKED;
        }
        if (sqlite && (code == 8 || code == 14 || code == 3) || state.equals("25006") || state.equals("42501")) {
            return HistoryFault.Kind.READ_ONLY;
        }
        if (sqlite && (code == 13 || code == 10) || state.startsWith("53") || message.contains("disk is full")) {
            return HistoryFault.Kind.FULL;
        }
        if (sqlite && (code == 26 || code == 11)) {
            return HistoryFault.Kind.FOREIGN;
        }
        return HistoryFault.Kind.UNREACHABLE;
    }

    HistoryFault fault(HistoryFault.Kind kind) {
        return new HistoryFault(
                kind,
                switch (kind) {
                    case ABSENT -> "expected a history at " + place + ", found none; a scan, or --history, makes one";
                    case FOREIGN ->
                        "expected a history at " + place + ", found a file that is none; name another with --history";
                    case NEWER ->
                        "expected a history of version " + Database.VERSION + " at " + place
                                + ", found one of a newer version; use the Bezoar that wrote it, or another --history";
                    case LOCKED ->
                        "expected to use the history at " + place + ", but another program holds it; try again";
                    case READ_ONLY ->
                        "expected to write the history at " + place
                                + ", but it may not be written; name another with --history, or none";
                    case FULL ->
                        "expected room for the history at " + place
                                + ", but its disk is full or fails; make room, or name another with --history";
                    case BROKEN -> "the history at " + place + " was changed";
                    case UNREACHABLE ->
                        "expected a database that answers at " + place
                                + ", but it does not; check the address, or name another with --history";
                });
    }

    /// A record that does not fit the others.
    HistoryFault broken(String what) {
        return new HistoryFault(
                HistoryFault.Kind.BROKEN,
                "the history at " + place + " was changed: " + what + "; restore a copy of it");
    }
}
