;; One step of Adam in float32, four numbers at a time. All but the memory is given in bytes; lengths are multiples of
;; 16, and what fills them up is zero.
(module
  (import "adam" "memory" (memory 1))
  (func (export "move")
    (param $values i32) (param $gradient i32) (param $first i32) (param $second i32) (param $bytes i32)
    (param $rate f32) (param $gain1 f32) (param $gain2 f32) (param $epsilon f32)
    (local $end i32) (local $slope v128) (local $m v128) (local $v v128)
    (local $rates v128) (local $gains1 v128) (local $gains2 v128) (local $epsilons v128)
    (local.set $rates (f32x4.splat (local.get $rate)))
    (local.set $gains1 (f32x4.splat (local.get $gain1)))
    (local.set $gains2 (f32x4.splat (local.get $gain2)))
    (local.set $epsilons (f32x4.splat (local.get $epsilon)))
    (local.set $end (i32.add (local.get $values) (local.get $bytes)))
    (loop $four
      (local.set $slope (v128.load (local.get $gradient)))
      (local.set $m (v128.load (local.get $first)))
      (local.set $v (v128.load (local.get $second)))
      (local.set $m
        (f32x4.add (local.get $m)
          (f32x4.mul (f32x4.sub (local.get $slope) (local.get $m)) (local.get $gains1))))
      (local.set $v
        (f32x4.add (local.get $v)
          (f32x4.mul
            (f32x4.sub (f32x4.mul (local.get $slope) (local.get $slope)) (local.get $v))
            (local.get $gains2))))
      (v128.store (local.get $first) (local.get $m))
      (v128.store (local.get $second) (local.get $v))
      (v128.store (local.get $values)
        (f32x4.sub (v128.load (local.get $values))
          (f32x4.div
            (f32x4.mul (local.get $rates) (local.get $m))
            (f32x4.add (f32x4.sqrt (local.get $v)) (local.get $epsilons)))))
      (local.set $values (i32.add (local.get $values) (i32.const 16)))
      (local.set $gradient (i32.add (local.get $gradient) (i32.const 16)))
      (local.set $first (i32.add (local.get $first) (i32.const 16)))
      (local.set $second (i32.add (local.get $second) (i32.const 16)))
      (br_if $four (i32.lt_u (local.get $values) (local.get $end))))))
