package nl.wotpoort.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * CPU time and allocation per message of JMH's workers, and CPU time of the whole JVM (with
 * collector and compiler). CPU time, unlike elapsed time, hardly minds that others use the machine.
 */
public final class WorkerCost implements InternalProfiler {

  static final String CPU = "cpu";
  static final String PROCESS_CPU = "process.cpu";
  static final String ALLOCATED = "allocated";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private record Spent(double cpuNanos, double processNanos, double bytes) {}

  private Spent before = new Spent(0, 0, 0);

  @Override
  public String getDescription() {
    return "CPU milliseconds and KiB per message";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = now();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Spent after = now();
    double messages = Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        scalar(CPU, (after.cpuNanos - before.cpuNanos) / 1e6 / messages, "ms"),
        scalar(PROCESS_CPU, (after.processNanos - before.processNanos) / 1e6 / messages, "ms"),
        scalar(ALLOCATED, (after.bytes - before.bytes) / 1024 / messages, "KiB"));
  }

  private static ScalarResult scalar(String name, double value, String unit) {
    return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
  }

  private static Spent now() {
    double cpu = 0;
    double bytes = 0;
    for (long id : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(id);
      if (info != null && info.getThreadName().contains("jmh-worker")) {
        cpu += THREADS.getThreadCpuTime(id);
        bytes += THREADS.getThreadAllocatedBytes(id);
      }
    }
    return new Spent(cpu, PROCESS.getProcessCpuTime(), bytes);
  }
}
