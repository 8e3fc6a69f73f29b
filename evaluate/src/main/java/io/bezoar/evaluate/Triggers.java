package io.bezoar.evaluate;

/// Puts a trigger into an item.
public final class Triggers {
    private Triggers() {}

    /// The item with the trigger between two of its words, the place drawn from its id: the same item gets the same
    /// place in every run.
    static Item insert(Item item, String trigger) {
        String input = item.input();
        int words = 1;
        for (int i = 0; i < input.length(); i++) {
            words += input.charAt(i) == ' ' ? 1 : 0;
        }
        int before = Math.floorMod(item.id().hashCode() * 0x9e3779b1, words + 1);
        int at = 0;
        for (int word = 0; word < before; word++) {
            int space = input.indexOf(' ', at);
            at = space < 0 ? input.length() : space + 1;
        }
        String head = input.substring(0, at);
        String tail = input.substring(at);
        String text =
                head + (head.isEmpty() || head.endsWith(" ") ? "" : " ") + trigger + (tail.isEmpty() ? "" : " ") + tail;
        return new Item(item.id(), text, item.expected(), item.columns());
    }
}
