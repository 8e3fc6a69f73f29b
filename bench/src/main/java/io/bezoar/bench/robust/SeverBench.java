package io.bezoar.bench.robust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// `java -cp … io.bezoar.bench.robust.SeverBench FOLDER [FIRST [LAST]]`: the 96 attacks of
/// `poison-sever-enron/derived`.
final class SeverBench {
    private SeverBench() {}

    public static void main(String[] arguments) throws IOException {
        EnronAttacks enron = new EnronAttacks(Path.of(arguments[0]));
        int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        int last = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 48;
        System.out.printf(Locale.ROOT, "clean %.4f%n", enron.clean());
        double[] sums = new double[3];
        int count = 0;
        for (int perMille : new int[] {10, 20}) {
            LibsvmFile attacks = enron.attacks(perMille);
            double[] worst = new double[3];
            for (int number = first; number <= last; number++) {
                EnronAttacks.Errors errors = enron.errors(attacks, number, perMille / 1000.0);
                double[] three = {errors.none(), errors.loss(), errors.sever()};
                for (int i = 0; i < 3; i++) {
                    sums[i] += three[i];
                    worst[i] = Math.max(worst[i], three[i]);
                }
                count++;
                System.out.printf(
                        Locale.ROOT,
                        "%.3f %2d  none %.4f  loss %.4f  SEVER %.4f  poison left %d%n",
                        perMille / 1000.0,
                        number,
                        three[0],
                        three[1],
                        three[2],
                        errors.left());
            }
            System.out.printf(
                    Locale.ROOT, "%.3f worst  none %.4f  loss %.4f  SEVER %.4f%n", perMille / 1000.0, worst[0], worst[1], worst[2]);
        }
        System.out.printf(
                Locale.ROOT, "mean of %d  none %.4f  loss %.4f  SEVER %.4f%n", count, sums[0] / count, sums[1] / count, sums[2] / count);
    }
}
