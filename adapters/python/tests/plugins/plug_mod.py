# Calls of every way to log, one for each letter; where each stands is part of what was recorded.
class Calls(object):
    def __init__(self, log, monitor):
        self.log = log
        self.monitor = monitor

    def a(self): self.log.info('plain %s %d', 'x', 5)
    def b(self): self.log.warning('w', error_code='client/foo')
    def c(self): self.log.error('e')
    def d(self):
      try: 1/0
      except Exception: self.log.exception('boom %s', 'y')
    def e(self): self.log.info('to metric log, raw text k=v', emit_to_metric_log=True)
    def f(self): self.log.info('two\nlines')
    def g(self): self.log.debug('debug')
    def h(self): self.log.log(5, 'deep')
    def i(self): self.log.info('lim', limit_once_per_x_secs=60, limit_key='k')
    def j(self): self.log.info('lim', limit_once_per_x_secs=60)
    def k(self): self.log.info('lim', limit_key='k')
    def l(self): self.log.emit_values({'a': 1, 'b': 2.5, 'c': True, 'd': 'q"x'})
    def mm(self): self.log.report_values({'a b': 1})
    def n(self): self.log.info('mlfm', metric_log_for_monitor=self.monitor)
    def o(self): self.log.info('%d', 'x')
    def p(self): self.log.critical('crit')
    def q(self): self.log.warn('uni é 漢 😀')
    def r(self): self.log.info('forced', force_stdout=True)
    def s(self): self.log.info('forced', force_stdout=True)
    def t(self): self.log.error('two\nlines', error_code='x y')
    def u(self): self.log.info({'not': 'str'})
    def v(self): self.log.info('pct 100% no args')
    def w(self): self.log.error('metric err', emit_to_metric_log=True)
