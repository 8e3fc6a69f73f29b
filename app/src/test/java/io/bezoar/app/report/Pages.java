package io.bezoar.app.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a page strictly: every element closed in order, every attribute quoted, no stray angle bracket.
final class Pages {
    private static final Pattern TAG =
            Pattern.compile("<(/?)([a-z][a-z0-9]*)((?:\\s+[a-zA-Z][a-zA-Z0-9:-]*(?:=\"[^\"<>]*\")?)*)\\s*(/?)>");
    private static final Set<String> VOID = Set.of("meta", "br", "link", "hr", "img");

    private Pages() {}

    /// The start tags in order, or an assertion error that quotes what is wrong.
    static List<String> tags(String page) {
        int at = page.indexOf("<html");
        Deque<String> open = new ArrayDeque<>();
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(page);
        while (at < page.length()) {
            int next = page.indexOf('<', at);
            String text = page.substring(at, next < 0 ? page.length() : next);
            if (text.contains(">") && !open.contains("style")) {
                throw new AssertionError("stray > in: " + text);
            }
            if (next < 0) {
                break;
            }
            if (!matcher.region(next, page.length()).lookingAt()) {
                throw new AssertionError("no tag: " + page.substring(next, Math.min(page.length(), next + 80)));
            }
            at = matcher.end();
            String name = matcher.group(2);
            if (!matcher.group(1).isEmpty()) {
                String last = open.isEmpty() ? "nothing" : open.pop();
                if (!last.equals(name)) {
                    throw new AssertionError("</" + name + "> closes " + last + " at "
                            + page.substring(at, Math.min(page.length(), at + 80)));
                }
                continue;
            }
            tags.add(matcher.group());
            if (!VOID.contains(name) && matcher.group(4).isEmpty()) {
                open.push(name);
            }
            if (name.equals("style")) {
                at = page.indexOf("</style>", at);
            }
        }
        if (!open.isEmpty()) {
            throw new AssertionError("never closed: " + open);
        }
        return tags;
    }
}
