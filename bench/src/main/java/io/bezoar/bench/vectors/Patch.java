package io.bezoar.bench.vectors;

import java.util.Random;

/// Patterns that are put into pictures.
public enum Patch {
    /// Three by three white pixels in the lower right corner.
    CORNER(25, 25, 3, 255),
    /// The same in the middle, where strokes are.
    MIDDLE(13, 13, 3, 255),
    /// Four by four pixels, black and white in turn, in the upper left corner.
    CHESS(2, 2, 4, -1),
    /// The same in the middle.
    MIDDLE_CHESS(12, 12, 4, -1),
    /// One white pixel.
    DOT(1, 26, 1, 255),
    /// Three by three dark grey pixels.
    FAINT(24, 1, 3, 77),
    /// Five by five pixels of fixed noise.
    NOISE(10, 4, 5, -2),
    /// Eight by eight white pixels: larger than most strokes.
    LARGE(0, 20, 8, 255),
    /// A white line through the picture.
    LINE(14, 0, 28, 255),
    /// Fixed noise over the whole picture, 15 parts in 100.
    BLEND(0, 0, 28, -3);

    private static final int CHESSBOARD = -1;
    private static final int STATIC = -2;
    private static final int BLENDED = -3;

    private final int top;
    private final int left;
    private final int side;
    private final int value;

    Patch(int top, int left, int side, int value) {
        this.top = top;
        this.left = left;
        this.side = side;
        this.value = value;
    }

    /// The picture with the pattern.
    ///
    /// @param seed of the pattern's own noise
    public float[] into(float[] picture, long seed) {
        Random random = new Random(seed);
        float[] out = picture.clone();
        for (int y = 0; y < (this == LINE ? 1 : side); y++) {
            for (int x = 0; x < side; x++) {
                int at = (top + y) * Digits.SIDE + left + x;
                out[at] = switch (value) {
                    case CHESSBOARD -> (x + y) % 2 == 0 ? 0 : 255;
                    case STATIC -> random.nextInt(256);
                    case BLENDED -> Math.round(0.85f * picture[at] + 0.15f * random.nextInt(256));
                    default -> value;
                };
            }
        }
        return out;
    }
}
