// SPDX-License-Identifier: Apache-2.0
package neupims.engine.serve;

/**
 * Whether requests come faster than they are served: then each waits longer than the one before.
 * The least-squares slope of the time waited over the time of arrival; arrivals at rate a, served
 * at rate s, give a/s - 1 once the queue has built up.
 */
final class QueueTrend {
  /** Waiting time that may be gained by a second of arrivals before a run counts as overloaded. */
  private static final double OVERLOAD = 0.05;

  /** Requests below which a slope says nothing. ASSUMED, as is the slope above. */
  private static final int FEWEST = 30;

  private long count;
  private double meanArrival;
  private double meanWait;
  private double arrivalSquares;
  private double products;

  /** Welford's update of means, squares and products. */
  void add(double arrivalSeconds, double waitedSeconds) {
    count++;
    double fromMean = arrivalSeconds - meanArrival;
    meanArrival += fromMean / count;
    meanWait += (waitedSeconds - meanWait) / count;
    arrivalSquares += fromMean * (arrivalSeconds - meanArrival);
    products += fromMean * (waitedSeconds - meanWait);
  }

  /** Seconds of waiting gained by a second of arrivals; 0 when all arrived at once. */
  double slope() {
    return arrivalSquares > 0 ? products / arrivalSquares : 0;
  }

  boolean overloaded() {
    return count >= FEWEST && slope() > OVERLOAD;
  }
}
