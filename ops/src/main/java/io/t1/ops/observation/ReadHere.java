package io.t1.ops.observation;

/** What was read into this process, of either kind. */
public sealed interface ReadHere extends ReadRows permits Observations, LoggedObservations {}
