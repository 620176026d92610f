package nl.wotpoort.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/** What a store in trouble answers, for tests of the rooms around this one. */
public final class StoreTrouble {

  private StoreTrouble() {}

  /** It may help to wait. */
  public static StoreException away() {
    return new StoreException.Unavailable("away", null);
  }

  /** It does not help to wait. */
  public static StoreException misuse() {
    return new StoreException.Misuse("a statement that is wrong", null);
  }

  public static LeaseLost leaseLost() {
    return new LeaseLost(new MessageRef(1));
  }

  /** As a statement that waits for a lock, until the thread is interrupted. */
  public static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A store whose register of consents does not answer while {@code away} says so. */
  public static Store withoutRegister(StoreSettings settings, BooleanSupplier away) {
    return Store.open(
        settings,
        connection ->
            (Connection)
                Proxy.newProxyInstance(
                    StoreTrouble.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                      boolean register =
                          method.getName().equals("prepareStatement")
                              && arguments[0].toString().contains("consent_client");
                      if (register && away.getAsBoolean()) {
                        throw new SQLException("the register is away");
                      }
                      try {
                        return method.invoke(connection, arguments);
                      } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                      }
                    }));
  }
}
