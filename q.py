import sys; sys.path.insert(0,'/tmp/things')
from sim import plan
for l in open('/tmp/things/q.txt'):
    print(l.strip()); print('    ',' | '.join(f"{w}→{t['facet']}:{t['label']}" for w,t in plan(l)))
