package io.bezoar.app.cli;

import java.io.Console;
import java.util.Map;
import picocli.CommandLine;

/// Where the words go.
///
/// @param width in columns
/// @param colour may ANSI colours be used?
/// @param watched is somebody looking who wants to see progress?
record Terminal(int width, boolean colour, boolean watched) {
    private static final int WIDTH = 100;

    /// The terminal of this process.
    static Terminal of(CommandLine verb) {
        Console console = System.console();
        boolean watched = console != null && console.isTerminal();
        int otherwise = watched ? verb.getUsageHelpWidth() : WIDTH;
        return of(System.getenv(), watched, otherwise);
    }

    /// @param otherwise the width where `COLUMNS` says none
    static Terminal of(Map<String, String> environment, boolean watched, int otherwise) {
        int width = otherwise;
        String columns = environment.getOrDefault("COLUMNS", "");
        if (columns.matches("[1-9][0-9]{0,5}")) {
            width = Integer.parseInt(columns);
        }
        boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(environment.get("TERM"));
        return new Terminal(Math.clamp(width, 40, 160), watched && !plain, watched);
    }
}
