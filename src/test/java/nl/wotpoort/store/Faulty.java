package nl.wotpoort.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Stands between the store and the driver and cuts it off at the n-th moment, for ever: as a
 * process that dies there. The moments are: before each statement, before each commit, and after
 * each commit (done, but nobody heard).
 */
final class Faulty implements Database.Wrapper {

  private final int dieAt;
  private int moments;

  Faulty(int dieAt) {
    this.dieAt = dieAt;
  }

  /** One that never dies, to count the moments. */
  static Faulty never() {
    return new Faulty(Integer.MAX_VALUE);
  }

  int moments() {
    return moments;
  }

  boolean isDead() {
    return moments >= dieAt;
  }

  @Override
  public Connection around(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Faulty.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> onConnection(connection, method, arguments));
  }

  private Object onConnection(Connection connection, Method method, Object[] arguments)
      throws Throwable {
    boolean commit = method.getName().equals("setAutoCommit") && arguments[0].equals(true);
    if (commit) {
      moment();
    }
    Object result = invoke(connection, method, arguments);
    if (commit) {
      moment();
    }
    if (result instanceof PreparedStatement statement) {
      return Proxy.newProxyInstance(
          Faulty.class.getClassLoader(),
          new Class<?>[] {PreparedStatement.class},
          (proxy, called, values) -> {
            if (called.getName().startsWith("execute")) {
              moment();
            }
            return invoke(statement, called, values);
          });
    }
    return result;
  }

  private void moment() throws SQLException {
    moments++;
    if (isDead()) {
      throw new SQLException("the process died here");
    }
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
