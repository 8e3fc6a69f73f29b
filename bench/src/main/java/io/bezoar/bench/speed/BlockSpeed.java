package io.bezoar.bench.speed;

import com.sun.management.OperatingSystemMXBean;
import io.bezoar.core.Hashing;
import io.bezoar.learn.convex.ConjugateGradients;
import io.bezoar.learn.convex.Curvature;
import io.bezoar.learn.convex.Loss;
import io.bezoar.learn.convex.Problem;
import io.bezoar.learn.convex.SparseMatrix;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/// Times the inversion of the curvature for several queries, one after the other and together, in processor
/// time, and says how far the solutions are apart.
public final class BlockSpeed {
    private static final int COLUMNS = 1 << 12;
    private static final int FEATURES = 20;
    private static final int QUERIES = 8;

    private BlockSpeed() {}

    private static Problem problem(int rows, Loss loss) {
        SparseMatrix.Builder builder = new SparseMatrix.Builder(COLUMNS);
        double[] answers = new double[rows];
        for (int row = 0; row < rows; row++) {
            int[] features = new int[FEATURES];
            for (int k = 0; k < FEATURES; k++) {
                long hash = Hashing.combine(row, k);
                features[k] = (int) Long.remainderUnsigned(hash, k % 2 == 0 ? 256 : COLUMNS);
            }
            for (int feature : Arrays.stream(features).sorted().distinct().toArray()) {
                builder.put(feature, 0.22);
            }
            builder.end();
            answers[row] = Long.remainderUnsigned(Hashing.mix(row), Math.max(2, loss.outputs()));
        }
        return new Problem(builder.build(), answers, loss, 1e-4);
    }

    /// `BlockSpeed [ROWS]`.
    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println("| loss | round | one by one, s | together, s | gain | largest difference |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Loss loss : new Loss[] {new Loss.Logistic(), new Loss.Softmax(4)}) {
            Problem problem = problem(rows, loss);
            double[] model = new double[problem.size()];
            for (int i = 0; i < model.length; i++) {
                model[i] = (Hashing.mix(i) >>> 11) * 0x1p-53 - 0.5;
            }
            double[][] queries = new double[QUERIES][model.length];
            double[] residual = new double[loss.outputs()];
            residual[0] = 1;
            for (int k = 0; k < QUERIES; k++) {
                problem.rows().addOuter(k * 100, residual, residual.length, queries[k]);
            }
            ConjugateGradients gradients = ConjugateGradients.of(Curvature.at(problem, model), 1e-12, 2000);
            for (int round = 1; round <= 2; round++) {
                long start = system.getProcessCpuTime();
                double[][] alone = new double[QUERIES][];
                for (int k = 0; k < QUERIES; k++) {
                    alone[k] = gradients.times(queries[k]);
                }
                double each = (system.getProcessCpuTime() - start) / 1e9;
                start = system.getProcessCpuTime();
                double[][] together = gradients.times(queries);
                double block = (system.getProcessCpuTime() - start) / 1e9;
                double apart = 0;
                for (int k = 0; k < QUERIES; k++) {
                    for (int i = 0; i < model.length; i++) {
                        apart = Math.max(apart, Math.abs(alone[k][i] - together[k][i]));
                    }
                }
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %d | %.2f | %.2f | %.2f | %.1e |%n",
                        loss,
                        round,
                        each,
                        block,
                        each / block,
                        apart);
            }
        }
        System.out.println(PeakMemory.line());
    }
}
